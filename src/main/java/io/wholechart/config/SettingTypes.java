package io.wholechart.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import io.wholechart.source.AddressRange;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Fetch;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the types of settings are written: durations, sizes, names. */
final class SettingTypes extends SimpleModule {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");

  /** What a type wants, for "must be …". */
  private static final Map<Class<?>, String> WANTED =
      Map.of(
          Duration.class, "a duration such as 800ms, 2s, 1m or PT2S",
          Period.class, "a period such as P6Y or P90D",
          int.class, "a whole number, or a size such as 16MiB",
          String.class, "a text",
          URI.class, "a URL",
          Path.class, "a path",
          AddressRange.class, "an address, or a range such as 10.20.0.0/16",
          Fetch.class, "everything, or a list of resource types such as [Patient, Observation]",
          java.util.Set.class, "a list, such as [results, imaging]",
          Map.class, "a block of keys");

  SettingTypes() {
    addDeserializer(Duration.class, new Reading<>(Duration.class, SettingTypes::duration));
    addDeserializer(Period.class, new Reading<>(Period.class, SettingTypes::period));
    addDeserializer(int.class, new Reading<>(int.class, SettingTypes::number));
    addDeserializer(URI.class, new Reading<>(URI.class, SettingTypes::url));
    addDeserializer(Path.class, new Reading<>(Path.class, p -> Path.of(text(p))));
    addDeserializer(String.class, new Reading<>(String.class, SettingTypes::text));
    addDeserializer(
        Section.class,
        new Reading<>(Section.class, p -> Section.named(text(p)).orElseThrow(Unfit::new)));
    addDeserializer(AddressRange.class, new Reading<>(AddressRange.class, p -> addresses(text(p))));
    addDeserializer(Fetch.class, new Reading<>(Fetch.class, SettingTypes::fetch));
    addKeyDeserializer(
        Urgency.class,
        new KeyDeserializer() {
          @Override
          public Urgency deserializeKey(String key, DeserializationContext context) {
            return Urgency.named(key).orElseThrow(); // the schema has let no other through
          }
        });
  }

  /** What an enum can be, as it is written. */
  static String choices(Class<?> type) {
    if (type == Section.class) {
      return String.join(", ", Section.keys());
    }
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      names.add(constant.toString().toLowerCase(Locale.ROOT));
    }
    return String.join(", ", names);
  }

  static @Nullable String wanted(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type != null && type.isEnum()) {
      return "one of " + choices(type);
    }
    if (type == SourceSettings.Auth.class) {
      return "a block with type and secretFile";
    }
    if (type != null && type.isRecord()) {
      return WANTED.get(Map.class);
    }
    if (type != null && java.util.Collection.class.isAssignableFrom(type)) {
      return WANTED.get(java.util.Set.class);
    }
    if (type != null && Map.class.isAssignableFrom(type)) {
      return WANTED.get(Map.class);
    }
    return type == null ? null : WANTED.get(type);
  }

  /** A value that is not written as its type is. */
  private static final class Unfit extends RuntimeException {}

  private interface Reader<T> {
    T read(JsonParser parser) throws IOException;
  }

  private static final class Reading<T> extends StdDeserializer<T> {
    private final transient Reader<T> reader;
    private final Class<T> type;

    Reading(Class<T> type, Reader<T> reader) {
      super(type);
      this.type = type;
      this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        return reader.read(parser);
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, "", e);
      } catch (Unfit e) {
        throw type.isEnum()
            ? InvalidFormatException.from(parser, "", parser.getText(), type)
            : MismatchedInputException.from(parser, type, "");
      }
    }
  }

  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new Unfit();
    }
    return parser.getText();
  }

  private static Duration duration(JsonParser parser) throws IOException {
    String text = text(parser);
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      try {
        return Duration.parse(text);
      } catch (DateTimeException e) {
        throw new Unfit();
      }
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static Period period(JsonParser parser) throws IOException {
    try {
      return Period.parse(text(parser));
    } catch (DateTimeException e) {
      throw new Unfit();
    }
  }

  private static Integer number(JsonParser parser) throws IOException {
    long number;
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      number = parser.getLongValue();
    } else {
      Matcher matcher = SIZE.matcher(text(parser));
      if (!matcher.matches()) {
        throw new Unfit();
      }
      int shift =
          switch (matcher.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
          };
      number = Long.parseLong(matcher.group(1)) << shift;
    }
    if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
      throw new Unfit();
    }
    return (int) number;
  }

  private static URI url(JsonParser parser) throws IOException {
    try {
      return new URI(text(parser));
    } catch (URISyntaxException e) {
      throw new Unfit();
    }
  }

  private static AddressRange addresses(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Unfit();
    }
  }

  private static Fetch fetch(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      if (!parser.getText().equals("everything")) {
        throw new Unfit();
      }
      return new Fetch.Everything();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new Unfit();
    }
    List<String> types = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      types.add(text(parser));
    }
    return new Fetch.Types(types);
  }
}
