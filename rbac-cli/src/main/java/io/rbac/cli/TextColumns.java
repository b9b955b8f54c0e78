package io.rbac.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Rows of text in columns side by side. */
final class TextColumns {

    /** How wide a text is if nothing is known of the terminal. */
    static final int WIDTH = 100;

    /** How wide a text is on a terminal that is even narrower. */
    static final int MIN_WIDTH = 60;

    private static final int GAP = 2;

    /** The least width of the last column, if need be beyond that of the text. */
    private static final int MIN_LAST = 15;

    private static final ColorScheme PLAIN = Help.defaultColorScheme(Ansi.OFF);

    private TextColumns() {}

    /**
     * Returns rows as text. A column is as wide as its widest cell, but not wider than its maximum: then its cells are
     * wrapped. The last column takes what is left of the width.
     *
     * @param maxWidths the maximum of each column but the last if the text is {@value #WIDTH} wide; it grows and shrinks with it
     */
    static String of(int textWidth, List<List<String>> rows, int... maxWidths) {
        Column[] columns = new Column[maxWidths.length + 1];
        int left = textWidth;
        for (int i = 0; i < maxWidths.length; i++) {
            int width = 0;
            for (List<String> row : rows) {
                width = Math.max(width, width(row.get(i)));
            }
            columns[i] =
                    new Column(Math.min(width, Math.max(1, maxWidths[i] * textWidth / WIDTH)) + GAP, 0, Overflow.WRAP);
            left -= columns[i].width;
        }
        columns[maxWidths.length] = new Column(Math.max(left, MIN_LAST), 0, Overflow.WRAP);
        TextTable table = table(columns);
        rows.forEach(row -> add(table, row));
        return table.toString();
    }

    /** Returns a table without rows. */
    static TextTable table(Column... columns) {
        return TextTable.forColumns(PLAIN, columns.clone());
    }

    /** Adds a row verbatim: picocli would interpret markup in strings. */
    static void add(TextTable table, List<String> cells) {
        Ansi.Text[] texts = new Ansi.Text[cells.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = PLAIN.apply(cells.get(i), List.of());
        }
        table.addRowValues(texts);
    }

    /** Returns the width for a terminal that has as many columns as a string says, if it says a number. */
    static int widthOfTerminal(@Nullable String columns) {
        return columns != null && columns.matches("[1-9][0-9]{0,4}")
                ? Math.max(MIN_WIDTH, Integer.parseInt(columns))
                : WIDTH;
    }

    /** Returns how many columns a text takes. */
    static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
