package io.wholechart.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.RecordComponent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One number for all effective settings, by which two starts can be told to have had the same. No
 * secret is in it: secrets are in files, and a file's name is all that settings hold of one.
 *
 * <p>Not made of the records' own text: the order in which a set prints is another in each run.
 */
public final class SettingsDigest {
  private SettingsDigest() {}

  public static String of(Settings settings) {
    var text = new StringBuilder();
    append(text, settings);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case Record block -> {
        for (RecordComponent component : block.getClass().getRecordComponents()) {
          append(text.append(component.getName()).append('{'), read(component, block));
          text.append('}');
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, of) -> {
            append(text.append(key).append('{'), of);
            text.append('}');
          });
      case Set<?> set -> append(text, set.stream().map(String::valueOf).sorted().toList());
      case Collection<?> list -> list.forEach(element -> append(text, element));
      case null, default -> text.append(value).append(';');
    }
  }

  private static @Nullable Object read(RecordComponent component, Record block) {
    try {
      return component.getAccessor().invoke(block);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("settings are public records", e);
    }
  }
}
