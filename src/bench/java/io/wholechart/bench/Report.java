package io.wholechart.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that was measured, as Markdown and as one HTML file with pictures. */
final class Report {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222}
      table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}
      th,td{border-bottom:1px solid #ddd;padding:.3rem .7rem;text-align:left;white-space:nowrap}
      th{background:#f4f4f4}li{color:#555}img{max-width:100%;height:auto}
      .met{color:#17722a}.missed{color:#b3261e;font-weight:600}
      """;

  private final Machine machine;
  private final Table musts =
      new Table("What must be reached", "figure", "measured", "must", "aim", "is met");
  private final List<Table> tables = new ArrayList<>();

  private Noise noise;
  private boolean isWhole = true;

  Report(Machine machine) throws IOException {
    this.machine = machine;
    this.noise = Noise.begin();
  }

  void add(Table table) throws IOException {
    tables.add(table.note("%s", noise.since()).note("%s", machine.line()));
    noise = Noise.begin();
    System.out.println(table.markdown());
  }

  /** In place of a table that could not be made. */
  void missing(String experiment, Exception why) throws IOException {
    isWhole = false;
    var table = new Table("Not measured: " + experiment, "why");
    table.row(String.valueOf(why.getMessage()).lines().findFirst().orElse("unknown"));
    add(table);
  }

  boolean isWhole() {
    return isWhole;
  }

  /**
   * Holds a figure against its bound.
   *
   * @param measured with its unit, as the table says it
   * @return what the row's own column says of it
   */
  String must(String figure, double value, String measured, double must, String bound, String aim) {
    String met = value <= must ? "met" : "MISSED";
    musts.row(figure, measured, bound, aim, met);
    return measured + ", must " + bound + ": " + met;
  }

  void write(Path folder) throws IOException {
    System.out.println(musts.markdown());
    Files.writeString(folder.resolve("report.md"), markdown());
    Files.writeString(folder.resolve("report.html"), html());
    System.out.printf("%s and %s%n", folder.resolve("report.md"), folder.resolve("report.html"));
  }

  private String markdown() {
    var out = new StringBuilder("# Wholechart, measured\n\n").append(machine.line()).append("\n\n");
    out.append(musts.markdown());
    tables.forEach(table -> out.append(table.markdown()));
    return out.toString();
  }

  private String html() {
    var out = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.append("<title>Wholechart, measured</title><style>")
        .append(STYLE)
        .append("</style></head>");
    out.append("<body><h1>Wholechart, measured</h1><p>").append(escape(machine.line()));
    out.append("</p>\n");
    html(out, musts);
    tables.forEach(table -> html(out, table));
    return out.append("</body></html>\n").toString();
  }

  private static void html(StringBuilder out, Table table) {
    out.append("<h2>").append(escape(table.title())).append("</h2>\n<table><tr>");
    table.columns().forEach(c -> out.append("<th>").append(escape(c)).append("</th>"));
    out.append("</tr>\n");
    for (List<String> row : table.rows()) {
      out.append("<tr>");
      for (String cell : row) {
        String kind =
            cell.endsWith("MISSED")
                ? " class=\"missed\""
                : cell.endsWith("met") ? " class=\"met\"" : "";
        out.append("<td").append(kind).append('>').append(escape(cell)).append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</table>\n");
    table.pictures().forEach(out::append);
    out.append("<ul>");
    table.notes().forEach(note -> out.append("<li>").append(escape(note)).append("</li>"));
    out.append("</ul>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
