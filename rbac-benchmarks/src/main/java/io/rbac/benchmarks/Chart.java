package io.rbac.benchmarks;

import io.rbac.benchmarks.Figures.Figure;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** Draws one check by each contender as bars, on a logarithmic scale. */
final class Chart {

    private static final int WIDTH = 860;
    private static final int ROW = 26;
    private static final int FRAME = 110;

    private Chart() {}

    static void write(Figures figures, String world, Path file) throws IOException {
        List<Figure> checks = figures.all().stream()
                .filter(figure -> figure.benchmark().equals("CheckBenchmark.check"))
                .filter(figure -> figure.param("world").equals(world)
                        && figure.param("threads").equals("1"))
                .filter(figure -> figure.param("answers").equals("MIXED")
                        && figure.param("users").equals("uniform"))
                .filter(figure -> !figure.param("questionBits").equals("10"))
                .filter(figure -> !figure.param("questionBits").equals("13")
                        || !figure.param("contender").startsWith("rbac"))
                .filter(figure ->
                        !List.of("empty", "mask", "get-1", "cache-hit").contains(figure.param("contender")))
                .sorted(Comparator.comparingDouble(Figure::score))
                .toList();
        if (checks.isEmpty()) {
            return;
        }
        DefaultCategoryDataset bars = new DefaultCategoryDataset();
        for (Figure figure : checks) {
            bars.addValue(figure.score(), "ns", figure.param("contender"));
        }
        String size = world.startsWith("file:") ? "your policy" : "size " + world;
        JFreeChart chart = ChartFactory.createBarChart(
                "One check, " + size + ": less is better",
                null,
                "nanoseconds, logarithmic",
                bars,
                PlotOrientation.HORIZONTAL,
                false,
                false,
                false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getTitle().setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
        CategoryPlot plot = chart.getCategoryPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setOutlineVisible(false);
        LogarithmicAxis axis = new LogarithmicAxis("nanoseconds, logarithmic");
        axis.setAllowNegativesFlag(false);
        axis.setLowerBound(10);
        plot.setRangeAxis(axis);
        BarRenderer renderer = (BarRenderer) plot.getRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, new Color(0x2F6F9F));
        int height = FRAME + ROW * checks.size();
        SVGGraphics2D graphics = new SVGGraphics2D(WIDTH, height);
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
        Files.writeString(file, graphics.getSVGDocument());
    }
}
