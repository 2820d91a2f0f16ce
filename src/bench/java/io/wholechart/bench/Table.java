package io.wholechart.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One table of the report, with what it says about itself and its pictures. */
final class Table {
  private final String title;
  private final List<String> columns;
  private final List<String> notes = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> pictures = new ArrayList<>();

  Table(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  Table note(String format, Object... values) {
    notes.add(format.formatted(values));
    return this;
  }

  void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(title + ": " + Arrays.toString(cells));
    }
    rows.add(List.of(cells));
  }

  /**
   * @param html a picture of the same figures
   */
  void picture(String html) {
    pictures.add(html);
  }

  String title() {
    return title;
  }

  List<String> columns() {
    return columns;
  }

  List<String> notes() {
    return notes;
  }

  List<List<String>> rows() {
    return rows;
  }

  List<String> pictures() {
    return pictures;
  }

  /** As Markdown that can be read as it stands. */
  String markdown() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              columns.get(i).length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    var out = new StringBuilder("## ").append(title).append("\n\n");
    line(out, columns, widths);
    line(out, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
    rows.forEach(row -> line(out, row, widths));
    out.append('\n');
    notes.forEach(note -> out.append("- ").append(note).append('\n'));
    return out.append('\n').toString();
  }

  private static void line(StringBuilder out, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      out.append("| ").append(cells.get(i));
      out.repeat(" ", widths[i] - cells.get(i).length() + 1);
    }
    out.append("|\n");
  }
}
