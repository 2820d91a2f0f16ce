package io.wholechart.http;

import io.wholechart.aggregate.Aggregation;
import io.wholechart.audit.Recording;
import io.wholechart.consent.Grant;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose chart a request was about and how far it got: what the record of it tells besides the
 * exchange and the answer. Only what is legal gets in, so that hostile text cannot.
 *
 * @param interaction what was done, as a word; {@link #NONE} where it did not come to that
 * @param aggregation null where no source was asked
 * @param intent null where it did not come to asking, or showing, anything
 * @param grant under which the glass was broken; null where it was not
 */
record Access(
    String interaction,
    @Nullable PatientId patient,
    @Nullable Urgency urgency,
    @Nullable Aggregation aggregation,
    @Nullable Recording intent,
    @Nullable Grant grant) {
  static final String NONE = "none";

  Access(
      String interaction,
      @Nullable PatientId patient,
      @Nullable Urgency urgency,
      @Nullable Aggregation aggregation,
      @Nullable Recording intent) {
    this(interaction, patient, urgency, aggregation, intent, null);
  }

  /** An access that asked no source, by what the request named. */
  static Access refused(String interaction, String id, Map<String, List<String>> parameters) {
    return new Access(
        interaction,
        PatientId.isLegal(id) ? new PatientId(id) : null,
        urgency(parameters),
        null,
        null);
  }

  /** An access that came to nothing before anybody was asked. */
  static Access unbegun(
      String interaction, @Nullable PatientId patient, @Nullable Urgency urgency) {
    return new Access(interaction, patient, urgency, null, null);
  }

  private static @Nullable Urgency urgency(Map<String, List<String>> parameters) {
    List<String> values = parameters.getOrDefault("urgency", List.of(Urgency.NORMAL.key()));
    return values.size() == 1 ? Urgency.named(values.getFirst()).orElse(null) : null;
  }
}
