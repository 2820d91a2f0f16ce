package io.wholechart.dicom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.wholechart.fhir.Author;
import java.io.IOException;
import java.util.List;

/** Reads the studies that QIDO-RS lists. */
public final class QidoReader {
  /**
   * What a study is asked for beyond what every archive returns anyway (PS3.18, table 10.6.3-3).
   */
  public static final List<String> INCLUDE_FIELDS =
      List.of(
          "00080005",
          "00080020",
          "00080030",
          "00080050",
          "00080056",
          "00080061",
          "00080090",
          "00080201",
          "00081030",
          "00100010",
          "00100020",
          "00100021",
          "00100030",
          "00100040",
          "0020000D",
          "00201206",
          "00201208");

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(100).build())
                  .build())
          // An empty list with anything behind it is not an empty list.
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A second PatientID must not hide behind a first.
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /** Reads a body; never throws. */
  public QidoReading read(byte[] body) {
    try {
      if (!(JSON.readTree(body) instanceof ArrayNode objects)) {
        return new QidoReading.Unreadable();
      }
      var author = new Author(body.length);
      int unreadable = 0;
      for (JsonNode object : objects) {
        var study = StudyMapper.study(new Attributes(object));
        if (study.isPresent()) {
          author.study(study.get());
        } else {
          unreadable++;
        }
      }
      return new QidoReading.Read(author.resources(), unreadable);
    } catch (JsonProcessingException e) {
      return new QidoReading.Unreadable();
    } catch (IOException e) {
      return new QidoReading.Unreadable(); // not UTF-8
    }
  }
}
