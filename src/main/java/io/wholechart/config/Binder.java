package io.wholechart.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.access.AccessSettings;
import io.wholechart.admission.AdmissionSettings;
import io.wholechart.aggregate.DeadlineSettings;
import io.wholechart.aggregate.IdentitySettings;
import io.wholechart.audit.AuditSettings;
import io.wholechart.conduct.ConductSettings;
import io.wholechart.denylist.ConsentSettings;
import io.wholechart.http.BatchSettings;
import io.wholechart.http.EdgeSettings;
import io.wholechart.http.FhirSettings;
import io.wholechart.http.SocketSettings;
import io.wholechart.source.SourceSettings;
import io.wholechart.token.IssuerSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills the settings records from the tree, block by block, so that every block's problem is told
 * at once.
 */
final class Binder {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS) // 1 would be hl7v2
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          // An empty text would become null, and so no protocol at all.
          .withCoercionConfigDefaults(
              c -> c.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .addModule(new SettingTypes())
          .build();

  private final SettingsTree tree;
  private final List<String> problems;

  Binder(SettingsTree tree, List<String> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  /** The settings; none where problems were added. */
  Optional<Settings> bind() {
    var server = block("server", SocketSettings.class);
    var admin = block("admin", SocketSettings.class);
    var edge = block("edge", EdgeSettings.class);
    var access = block("access", AccessSettings.class);
    var deadline = block("deadline", DeadlineSettings.class);
    var identity = block("identity", IdentitySettings.class);
    var consent = block("consent", ConsentSettings.class);
    var conduct = block("conduct", ConductSettings.class);
    var admission = block("admission", AdmissionSettings.class);
    var batch = block("batch", BatchSettings.class);
    var audit = block("audit", AuditSettings.class);
    var fhir = block("fhir", FhirSettings.class);
    Map<String, IssuerSettings> issuers = named(Schema.ISSUERS, IssuerSettings.class);
    Map<String, SourceSettings> sources = named(Schema.SOURCES, SourceSettings.class);
    if (server == null
        || admin == null
        || edge == null
        || access == null
        || deadline == null
        || identity == null
        || consent == null
        || conduct == null
        || admission == null
        || batch == null
        || audit == null
        || fhir == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Settings(
            server, admin, edge, access, issuers, deadline, identity, consent, conduct, admission,
            batch, audit, fhir, sources));
  }

  private <T> Map<String, T> named(String key, Class<T> type) {
    Map<String, T> named = new LinkedHashMap<>();
    @Nullable JsonNode all = tree.root().get(key);
    if (all != null && !all.isObject()) {
      problems.add(tree.origin(key) + ": " + key + " must be a block of keys");
    }
    if (all instanceof ObjectNode blocks) {
      for (var block : blocks.properties()) {
        @Nullable T bound = bind(key + "." + block.getKey(), block.getValue(), type);
        if (bound != null) {
          named.put(block.getKey(), bound);
        }
      }
    }
    return named;
  }

  private <T> @Nullable T block(String key, Class<T> type) {
    @Nullable JsonNode value = tree.root().get(key);
    if (value == null) {
      problems.add("configuration: " + key + " is missing");
      return null;
    }
    return bind(key, value, type);
  }

  private <T> @Nullable T bind(String path, JsonNode value, Class<T> type) {
    if (!value.isObject()) {
      problems.add(tree.origin(path) + ": " + path + " must be a block of keys");
      return null;
    }
    try {
      return MAPPER.treeToValue(value, type);
    } catch (JsonMappingException e) {
      String at = path + below(e);
      if (e instanceof ValueInstantiationException
          && e.getCause() instanceof IllegalArgumentException c) {
        at = at + "." + String.valueOf(c.getMessage()); // a record's message begins with its key
        problems.add(tree.origin(at.replaceFirst(" .*", "")) + ": " + at);
      } else {
        problems.add(tree.origin(at) + ": " + at + " " + words(e));
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      problems.add(tree.origin(path) + ": " + path + " cannot be read");
    }
    return null;
  }

  private static String below(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .map(name -> "." + name)
        .collect(Collectors.joining());
  }

  /** What is wrong, in our words: the library's name classes and not settings. */
  private static String words(JsonMappingException e) {
    if (e.getCause() instanceof IllegalArgumentException c) {
      return String.valueOf(c.getMessage());
    }
    @Nullable String wanted =
        e instanceof MismatchedInputException m ? SettingTypes.wanted(m) : null;
    return wanted == null ? "cannot be used" : "must be " + wanted;
  }
}
