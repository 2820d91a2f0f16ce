package io.wholechart.bench;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Draws figures, to stand in the report without another file. */
final class Picture {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 400;

  private Picture() {}

  /**
   * Bars in groups.
   *
   * @param groups below the axis
   * @param series one bar in each group, with half the distance between its rounds as its whisker
   */
  static String bars(
      String title, String unit, List<String> groups, Map<String, List<Rounds>> series) {
    var chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setAvailableSpaceFill(0.6);
    series.forEach((name, rounds) ->
        chart.addSeries(
            name,
            groups,
            rounds.stream().map(Rounds::median).toList(),
            rounds.stream().map(r -> (r.max() - r.min()) / 2).toList()));
    return image(chart);
  }

  /** Lines on logarithmic axes: what grows in proportion is a straight one. */
  static String lines(
      String title, String x, String y, List<Double> at, Map<String, List<Double>> series) {
    var chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    series.forEach((name, values) -> chart.addSeries(name, at, values));
    return image(chart);
  }

  private static String image(Chart<?, ?> chart) {
    Styler styler = chart.getStyler();
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setChartBackgroundColor(Color.WHITE);
    try {
      byte[] png = BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
      return "<img alt=\"%s\" src=\"data:image/png;base64,%s\">"
          .formatted(chart.getTitle(), Base64.getEncoder().encodeToString(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
  }
}
