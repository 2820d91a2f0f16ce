package io.wholechart.dicom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.wholechart.fhir.Author;
import io.wholechart.fhir.Bounds;
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

  /** A tree costs a hundred bytes a token, ten times what the text of {@code [[],[],[]]} does. */
  private static final long MOST_TOKENS = 500_000;

  private static final Bounds OURS = new Bounds(50_000, 200, 1 << 20);

  private final ObjectMapper json;
  private final Bounds bounds;

  public QidoReader() {
    this(OURS);
  }

  public QidoReader(Bounds bounds) {
    this.bounds = bounds;
    this.json =
        new ObjectMapper(
                JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool()) // see Bounds
                    .streamReadConstraints(constraints(bounds))
                    .build())
            // An empty list with anything behind it is not an empty list.
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A second PatientID must not hide behind a first.
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  }

  private static StreamReadConstraints constraints(Bounds bounds) {
    return bounds.ofJson().rebuild().maxTokenCount(MOST_TOKENS).build();
  }

  /** Reads a body; never throws. */
  public QidoReading read(byte[] body) {
    return read(body, 0);
  }

  /**
   * Reads a body; never throws.
   *
   * @param before how many studies the pages before had
   */
  public QidoReading read(byte[] body, int before) {
    try {
      if (!(json.readTree(body) instanceof ArrayNode objects)) {
        return new QidoReading.Unreadable();
      }
      if (before + objects.size() > bounds.maxEntries()) {
        return new QidoReading.TooMany();
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
