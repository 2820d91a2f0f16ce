package io.wholechart.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * FHIR's XML, by way of HAPI's model, which is loaded by the first request that wants XML: that one
 * waits a second or two, and no other request and no start pays for it.
 *
 * <p>A model holds what it knows. So what it holds is written as JSON again and compared with what
 * came in, and where the two differ there is no XML: lost silently, an allergy would be a
 * patient's.
 */
public final class XmlFormat {
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private XmlFormat() {}

  private static final class Lazy {
    private static final FhirContext R4 = FhirContext.forR4Cached();
  }

  /** The resource in XML; empty where that would lose something of it. */
  public static Optional<byte[]> of(byte[] json) {
    try {
      String text = new String(json, StandardCharsets.UTF_8);
      IBaseResource resource = faithful(Lazy.R4.newJsonParser()).parseResource(text);
      String again = faithful(Lazy.R4.newJsonParser()).encodeResourceToString(resource);
      if (!EXACT.readTree(json).equals(EXACT.readTree(again))) {
        return Optional.empty();
      }
      String xml = faithful(Lazy.R4.newXmlParser()).encodeResourceToString(resource);
      return Optional.of(xml.getBytes(StandardCharsets.UTF_8));
    } catch (DataFormatException | IllegalArgumentException e) {
      return Optional.empty(); // its message may quote the patient's data
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory, and it was JSON before
    }
  }

  private static IParser faithful(IParser parser) {
    parser.setParserErrorHandler(new StrictErrorHandler());
    parser.setStripVersionsFromReferences(false);
    parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
    return parser;
  }
}
