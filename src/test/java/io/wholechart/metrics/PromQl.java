package io.wholechart.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for: its selectors, and the labels that it groups and matches by.
 *
 * <p>It reads names and parentheses, not precedence: enough to hold names against a scrape. What it
 * does not know it refuses, lest a selector slip through unseen.
 */
record PromQl(List<Selector> selectors, Set<String> matchedOn) {
  /**
   * One metric that is asked for.
   *
   * @param groupedBy labels of every {@code by} and {@code without} around it
   */
  record Selector(String metric, List<Matcher> matchers, Set<String> groupedBy) {}

  /** A condition on a label, such as {@code urgency="emergency"}. */
  record Matcher(String label, String operator, String value) {}

  private static final Set<String> AGGREGATIONS =
      Set.of(
          "sum",
          "min",
          "max",
          "avg",
          "group",
          "stddev",
          "stdvar",
          "count",
          "count_values",
          "bottomk",
          "topk",
          "quantile",
          "limitk",
          "limit_ratio");
  private static final Set<String> GROUPING = Set.of("by", "without");
  private static final Set<String> MATCHING = Set.of("on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|#[^\\n]*"
              + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)"
              + "|(?<range>\\[[^\\]]*\\])"
              + "|(?<number>\\$\\{[^}]*\\}|\\$\\w+|[0-9.][0-9a-zA-Z_.]*)"
              + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^<>=(){},@])");

  static PromQl of(String text) {
    return new Reader(tokens(text)).read();
  }

  private static List<String> tokens(String text) {
    var tokens = new ArrayList<String>();
    var matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find() || matcher.start() != end) {
        throw new IllegalArgumentException("not PromQL from " + end + " on: " + text);
      }
      end = matcher.end();
      boolean isMeaningful =
          matcher.group("string") != null
              || matcher.group("number") != null
              || matcher.group("name") != null
              || matcher.group("sign") != null;
      if (isMeaningful) {
        tokens.add(matcher.group());
      }
    }
    return tokens;
  }

  private static final class Reader {
    private final List<String> tokens;
    private final Map<Integer, Selector> found = new LinkedHashMap<>();
    private final Set<String> matchedOn = new LinkedHashSet<>();
    private int at;

    Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    PromQl read() {
      var groupings = new ArrayList<Integer>();
      while (at < tokens.size()) {
        String token = tokens.get(at);
        if (GROUPING.contains(token)) {
          groupings.add(at);
          at = closing(at + 1) + 1;
        } else if (MATCHING.contains(token)) {
          at++;
          if (token(at).equals("(")) {
            matchedOn.addAll(names(at));
            at = closing(at) + 1;
          }
        } else if (isName(token) && !isOperation(token)) {
          selector(token);
        } else if (token.equals("{")) {
          throw new IllegalArgumentException("a selector without a metric's name: " + tokens);
        } else {
          at++;
        }
      }
      groupings.forEach(this::group);
      return new PromQl(List.copyOf(found.values()), matchedOn);
    }

    private boolean isOperation(String name) {
      return WORDS.contains(name)
          || token(at + 1).equals("(")
          || (AGGREGATIONS.contains(name) && GROUPING.contains(token(at + 1)));
    }

    private void selector(String metric) {
      int start = at++;
      var matchers = new ArrayList<Matcher>();
      if (token(at).equals("{")) {
        for (at++; !token(at).equals("}"); at++) {
          if (!token(at).equals(",")) {
            String quoted = token(at + 2);
            matchers.add(
                new Matcher(token(at), token(at + 1), quoted.substring(1, quoted.length() - 1)));
            at += 2;
          }
        }
        at++;
      }
      found.put(start, new Selector(metric, List.copyOf(matchers), new LinkedHashSet<>()));
    }

    /** Both {@code sum by (x) (…)} and {@code sum (…) by (x)}. */
    private void group(int by) {
      boolean isBefore = AGGREGATIONS.contains(token(by - 1));
      int open = isBefore ? closing(by + 1) + 1 : opening(by - 1);
      int close = isBefore ? closing(open) : by - 1;
      found.forEach((position, selector) -> {
        if (open < position && position < close) {
          selector.groupedBy().addAll(names(by + 1));
        }
      });
    }

    private List<String> names(int open) {
      return tokens.subList(open + 1, closing(open)).stream().filter(Reader::isName).toList();
    }

    private int closing(int open) {
      for (int i = open, depth = 0; i < tokens.size(); i++) {
        depth += token(i).equals("(") ? 1 : token(i).equals(")") ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
      throw new IllegalArgumentException("a parenthesis is not closed: " + tokens);
    }

    private int opening(int close) {
      for (int i = close, depth = 0; i >= 0; i--) {
        depth += token(i).equals(")") ? 1 : token(i).equals("(") ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
      throw new IllegalArgumentException("a parenthesis is not opened: " + tokens);
    }

    private String token(int i) {
      return i >= 0 && i < tokens.size() ? tokens.get(i) : "";
    }

    private static boolean isName(String token) {
      return Character.isLetter(token.charAt(0)) || "_:".indexOf(token.charAt(0)) >= 0;
    }
  }
}
