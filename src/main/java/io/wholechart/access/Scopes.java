package io.wholechart.access;

import java.util.HashSet;
import java.util.Set;

/**
 * What the scopes of a token open, by resource type (SMART App Launch 2.2).
 *
 * <p>{@code user/} and {@code system/} differ in who asks, not in what is opened. A scope narrowed
 * by a search ({@code user/Observation.rs?category=laboratory}) opens nothing: as long as the
 * search is not held against what is shown, taking it for the whole type would give away more than
 * was granted. Whatever else stands there is somebody else's word.
 *
 * @param read types of which one may be read; {@code *} is all of them
 * @param search types of which any number may be looked for
 * @param isOfOnePatient whether any was {@code patient/}, which is good for the patient of the
 *     launch alone; then the others are taken to be as well, since no request says by which it
 *     comes
 */
public record Scopes(Set<String> read, Set<String> search, boolean isOfOnePatient) {
  public static final Scopes ALL = new Scopes(Set.of("*"), Set.of("*"), false);
  public static final Scopes NONE = new Scopes(Set.of(), Set.of(), false);

  /** What is done to a resource type. */
  public enum Action {
    READ,
    SEARCH
  }

  public Scopes {
    read = Set.copyOf(read);
    search = Set.copyOf(search);
  }

  /** Reads scopes that are separated by blanks. */
  public static Scopes parse(String text) {
    Set<String> read = new HashSet<>();
    Set<String> search = new HashSet<>();
    boolean isOfOnePatient = false;
    for (String scope : text.split(" ", -1)) {
      int slash = scope.indexOf('/');
      int dot = scope.indexOf('.', slash + 1);
      if (slash < 0 || dot < 0 || !isContext(scope.substring(0, slash))) {
        continue;
      }
      String type = scope.substring(slash + 1, dot);
      String letters = letters(scope.substring(dot + 1));
      if (!isType(type) || letters.isEmpty()) {
        continue;
      }
      isOfOnePatient |= scope.startsWith("patient/");
      if (letters.indexOf('r') >= 0) {
        read.add(type);
      }
      if (letters.indexOf('s') >= 0) {
        search.add(type);
      }
    }
    return new Scopes(read, search, isOfOnePatient);
  }

  public boolean may(String type, Action action) {
    Set<String> types = action == Action.READ ? read : search;
    return types.contains("*") || types.contains(type);
  }

  /** Whether every type may be read and looked for. */
  public boolean isAll() {
    return read.contains("*") && search.contains("*");
  }

  private static boolean isContext(String word) {
    return word.equals("patient") || word.equals("user") || word.equals("system");
  }

  private static boolean isType(String word) {
    boolean isType = word.equals("*") || (!word.isEmpty() && word.length() <= 64);
    for (int i = 0; i < word.length() && isType && !word.equals("*"); i++) {
      char c = word.charAt(i);
      isType = (c >= 'A' && c <= 'Z') || (i > 0 && c >= 'a' && c <= 'z');
    }
    return isType;
  }

  /** Those of {@code cruds} that are granted, in this order only; none where it is no such word. */
  private static String letters(String word) {
    return switch (word) {
      case "read" -> "rs"; // version 1
      case "*" -> "cruds";
      default -> isInOrder(word) ? word : "";
    };
  }

  private static boolean isInOrder(String letters) {
    int next = 0;
    for (int i = 0; i < letters.length(); i++) {
      int at = "cruds".indexOf(letters.charAt(i), next);
      if (at < 0) {
        return false;
      }
      next = at + 1;
    }
    return true;
  }
}
