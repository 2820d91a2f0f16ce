package io.wholechart;

import io.wholechart.dicom.QidoReader;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.hl7v2.Hl7v2Reader;
import io.wholechart.http.Health;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.nio.charset.StandardCharsets;

/**
 * Pays for the first request before it comes: each protocol's reader loads its classes, the
 * laboratory's the table of units as well; a patient's two seconds are not for that.
 */
final class WarmUp {
  private static final Log LOG = Log.of(WarmUp.class);

  private static final String RESULT =
      """
      MSH|^~\\&|A|A|B|B|20260101120000+0000||ORU^R01|1|P|2.5.1
      PID|1||warm-up^^^A^PI||Up^Warm||19700101|F
      OBR|1|1|1|2823-3^Potassium^LN|||20260101120000+0000
      OBX|1|NM|2823-3^Potassium^LN||4.0|mmol/L|3.5-5.1|N|||F
      """;
  private static final String STUDIES =
      """
      [{"0020000D":{"vr":"UI","Value":["1.2.3"]},"00080020":{"vr":"DA","Value":["20260101"]}}]
      """;
  private static final String BUNDLE =
      """
      {"resourceType":"Bundle","type":"searchset","entry":[{"resource":
        {"resourceType":"Patient","id":"warm-up","birthDate":"1970-01-01"}}]}
      """;

  private WarmUp() {}

  static void run(Health health) {
    long start = System.nanoTime();
    var _ = new Hl7v2Reader().read(bytes(RESULT.replace('\n', '\r')), null);
    var _ = new QidoReader().read(bytes(STUDIES));
    try {
      var _ = PayloadReader.read(bytes(BUNDLE));
    } catch (InterruptedException e) {
      return; // nobody waits for readiness any more
    }
    health.warm();
    LOG.info(
        "ready after a warm-up of {} ms", Safe.number((System.nanoTime() - start) / 1_000_000));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
