package io.wholechart.fhir;

import io.wholechart.patient.PatientId;
import io.wholechart.patient.ResourceBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id that a resource of a source has in our answers: unique over all sources, the same in every
 * answer, and within FHIR's alphabet and length (R4, section 2.24.0.1, {@code id}).
 *
 * <p>{@code ehr.p-1} as long as that fits. What does not fit, or is no legal id at its source, is
 * replaced by a hash of 150 bits, {@code ehr..k3v…}: two dots, and no other id has them there,
 * since one that begins with a dot is hashed as well. A source's name has no dot, so that the first
 * one always ends it.
 */
final class AnswerIds {
  private static final int LONGEST = 64;
  private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int HASH_LETTERS = 30; // with a name of 32 letters, exactly the longest

  private AnswerIds() {}

  static String of(String source, String id) {
    return fits(source, id)
        ? source + "." + id
        : source + ".." + hash(("id:" + id).getBytes(StandardCharsets.UTF_8));
  }

  /** For a resource without an id of its own, or with one that another resource has as well. */
  static String of(String source, ResourceBytes resource) {
    byte[] json = resource.toByteArray();
    byte[] hashed = new byte[json.length + 1]; // one that no id begins with
    System.arraycopy(json, 0, hashed, 1, json.length);
    return source + ".." + hash(hashed);
  }

  /** Of the alphabet that a patient's id has as well, which is FHIR's. */
  private static boolean fits(String source, String id) {
    return PatientId.isLegal(id)
        && id.charAt(0) != '.'
        && source.length() + 1 + id.length() <= LONGEST;
  }

  static String hash(byte[] bytes) {
    byte[] digest = sha256().digest(bytes);
    var text = new StringBuilder(HASH_LETTERS);
    int buffer = 0;
    int bits = 0;
    for (int at = 0; text.length() < HASH_LETTERS; ) {
      if (bits < 5) {
        buffer = ((buffer << 8) | (digest[at++] & 0xff)) & 0xffff;
        bits += 8;
      }
      bits -= 5;
      text.append(BASE_32.charAt((buffer >> bits) & 31));
    }
    return text.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
