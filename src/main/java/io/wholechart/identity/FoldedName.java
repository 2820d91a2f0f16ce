package io.wholechart.identity;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A name without what spelling adds to it: case, accents, punctuation.
 *
 * <p>Two forms, since a letter such as {@code ü} is written {@code ue} by some systems and {@code
 * u} by others. One form for all three would take Michael for Michal.
 *
 * @param words with umlauts written out: {@code mueller}
 * @param bare with umlauts cut down: {@code muller}; the same list where there are none
 */
record FoldedName(List<String> words, List<String> bare) {
  /** What is entered instead of a name. */
  private static final Set<String> NO_NAME =
      Set.of(
          "unknown",
          "unbekannt",
          "inconnu",
          "desconocido",
          "sconosciuto",
          "onbekend",
          "anonymous",
          "unnamed",
          "none",
          "baby",
          "babyboy",
          "babygirl",
          "newborn",
          "boy",
          "girl",
          "infant",
          "nn",
          "na");

  static FoldedName of(String name) {
    List<String> words = words(name, true);
    return new FoldedName(words, isPlain(name) ? words : words(name, false));
  }

  boolean saysNothing() {
    return words.isEmpty() || NO_NAME.containsAll(words);
  }

  /** Names in two scripts cannot be compared letter by letter. */
  boolean isOfAnotherScriptThan(FoldedName other) {
    return isLatin() != other.isLatin();
  }

  private boolean isLatin() {
    char first = words.getFirst().charAt(0);
    return Character.UnicodeScript.of(first) == Character.UnicodeScript.LATIN;
  }

  boolean isSameAs(FoldedName other) {
    return isJoinedAlike(words, other.words)
        || isJoinedAlike(words, other.bare)
        || isJoinedAlike(bare, other.words)
        || isJoinedAlike(bare, other.bare);
  }

  /** McDonald is Mc Donald, and Annemarie Anne-Marie. */
  private static boolean isJoinedAlike(List<String> one, List<String> other) {
    return one.equals(other) || String.join("", one).equals(String.join("", other));
  }

  /** Whether one of the two is part of the other: Sørensen of Łukasiewicz-Sørensen. */
  boolean isPartOrWholeOf(FoldedName other) {
    return isPart(words, other.words) || isPart(bare, other.bare);
  }

  private static boolean isPart(List<String> one, List<String> other) {
    boolean isOneShorter = one.size() <= other.size();
    List<String> shorter = isOneShorter ? one : other;
    List<String> longer = isOneShorter ? other : one;
    return longer.containsAll(shorter) && shorter.stream().anyMatch(word -> word.length() > 2);
  }

  /** Whether an umlaut that is written out here may be cut down there: Juergen and Jurgen. */
  boolean isMaybeSameAs(FoldedName other) {
    return cutDown(words).equals(cutDown(other.words));
  }

  private static String cutDown(List<String> words) {
    return String.join("", words)
        .replace("ae", "a")
        .replace("oe", "o")
        .replace("ue", "u")
        .replace("aa", "a")
        .replace("ss", "s");
  }

  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static List<String> words(String name, boolean isWrittenOut) {
    String text = Normalizer.normalize(name, Normalizer.Form.NFC);
    var letters = new StringBuilder(text.length() + 4);
    for (int i = 0; i < text.length(); i++) {
      char c = Character.toLowerCase(text.charAt(i));
      switch (c) {
        case 'ä' -> letters.append(isWrittenOut ? "ae" : "a");
        case 'ö', 'ø' -> letters.append(isWrittenOut ? "oe" : "o");
        case 'ü' -> letters.append(isWrittenOut ? "ue" : "u");
        case 'å' -> letters.append(isWrittenOut ? "aa" : "a");
        case 'ß' -> letters.append(isWrittenOut ? "ss" : "s");
        case 'æ' -> letters.append("ae");
        case 'œ' -> letters.append("oe");
        case 'þ' -> letters.append("th");
        case 'ð', 'đ' -> letters.append('d');
        case 'ł' -> letters.append('l');
        case 'ı' -> letters.append('i');
        case 'ħ' -> letters.append('h');
        case '\'', '’', '‘', '`', 'ʼ', '.' -> {} // O'Brien is OBrien, and J.R. is JR
        default -> letters.append(c);
      }
    }
    return split(Normalizer.normalize(letters, Normalizer.Form.NFD));
  }

  private static List<String> split(String text) {
    List<String> words = new ArrayList<>(2);
    var word = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        word.append(c);
      } else if (Character.getType(c) != Character.NON_SPACING_MARK && !word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  @Override
  public String toString() {
    return "FoldedName[withheld]";
  }
}
