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

/** Draws a chart of one check by each contender: bars on a logarithmic scale. */
final class Chart {

    /** What takes far less time than anything that answers. */
    private static final List<String> NO_ANSWERS = List.of("empty", "mask", "get-1", "get-3-literals", "cache-hit");

    private static final int WIDTH = 860;
    private static final int ROW = 26;
    private static final int FRAME = 110;

    private Chart() {}

    static void write(Figures figures, String world, Path file) throws IOException {
        List<Figure> checks = figures.checks().stream()
                .map(figure -> figure.param("contender"))
                .distinct()
                .filter(contender -> !NO_ANSWERS.contains(contender))
                .flatMap(contender -> figures.check(contender, world).stream())
                .sorted(Comparator.comparingDouble(Figure::score))
                .toList();
        if (checks.isEmpty()) {
            return;
        }
        DefaultCategoryDataset bars = new DefaultCategoryDataset();
        for (Figure figure : checks) {
            bars.addValue(figure.score(), "ns", figure.param("contender"));
        }
        String size = Worlds.isFile(world) ? "your policy" : "size " + world;
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
