import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Robot;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTree;
import javax.swing.SwingUtilities;

/**
 * HSQLDB's DatabaseManagerSwing over the bundled demo: its tree, a query and a question, pressed as
 * a person would.
 *
 * <pre>
 * xvfb-run -a java -cp hsqldb.jar:sally-jdbc.jar clients/src/scripts/HsqldbDatabaseManager.java picture.png
 * </pre>
 *
 * Ends with 0 when everything was as expected.
 */
final class HsqldbDatabaseManager {
  private HsqldbDatabaseManager() {}

  public static void main(String[] arguments) throws Exception {
    org.hsqldb.util.DatabaseManagerSwing.main(
        new String[] {
          "--driver", "io.sally.driver.SallyDriver", "--url", "jdbc:sally:demo", "--user", "", "--noexit"
        });
    Frame window = window();
    String tree = until(() -> tree(window), text -> text.contains("sites"));
    System.out.println("Its tree: " + tree.substring(0, 300) + " ...");
    expect(tree.contains("inventory") && tree.contains("site_id"), tree);

    String rows =
        result(
            window,
            "SELECT country, COUNT(*) AS n FROM sites GROUP BY country ORDER BY 2 DESC, 1 LIMIT 2",
            "country | n");
    System.out.println("A query: " + rows);
    expect(rows.contains("United States | 20"), rows);

    String answer = result(window, "ASK 'Which sites in Germany are active?'", "site_id | ");
    System.out.println("A question: " + answer.lines().limit(3).toList());
    expect(answer.contains("Hamburg"), answer);

    if (arguments.length > 0) {
      BufferedImage picture = new Robot().createScreenCapture(window.getBounds());
      ImageIO.write(picture, "png", new File(arguments[0]));
    }
    System.out.println("All as expected.");
    System.exit(0);
  }

  /** Runs a text, and gives what the table shows once its columns are those of the text. */
  private static String result(Frame window, String sql, String columns) throws Exception {
    JTable table = all(window, JTable.class).get(0);
    on(
        () -> {
          all(window, JTextArea.class).get(0).setText(sql);
          all(window, JButton.class).stream()
              .filter(button -> String.valueOf(button.getToolTipText()).contains("Execute")
                  || String.valueOf(button.getText()).contains("Execute"))
              .findFirst()
              .orElseThrow()
              .doClick();
          return null;
        });
    return until(() -> rows(table), text -> text.toLowerCase(Locale.ROOT).startsWith(columns));
  }

  private static String rows(JTable table) {
    StringBuilder text = new StringBuilder();
    for (int row = -1; row < table.getRowCount(); row++) {
      for (int column = 0; column < table.getColumnCount(); column++) {
        text.append(column == 0 ? "" : " | ")
            .append(row < 0 ? table.getColumnName(column) : table.getValueAt(row, column));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String tree(Frame window) {
    JTree tree = all(window, JTree.class).get(0);
    return below(tree, tree.getModel().getRoot());
  }

  private static String below(JTree tree, Object node) {
    StringBuilder text = new StringBuilder(String.valueOf(node));
    for (int i = 0; i < tree.getModel().getChildCount(node); i++) {
      text.append(' ').append(below(tree, tree.getModel().getChild(node, i)));
    }
    return text.toString();
  }

  private static Frame window() throws Exception {
    for (int i = 0; i < 600; i++) {
      for (Frame frame : Frame.getFrames()) {
        if (frame.isShowing() && !all(frame, JTree.class).isEmpty()) {
          return frame;
        }
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("No window came");
  }

  private static <T> List<T> all(Container parent, Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (Component child : parent.getComponents()) {
      if (kind.isInstance(child)) {
        found.add(kind.cast(child));
      }
      if (child instanceof Container container) {
        found.addAll(all(container, kind));
      }
    }
    return found;
  }

  private static String until(
      Callable<String> text, java.util.function.Predicate<String> wanted) throws Exception {
    String last = "";
    for (int i = 0; i < 300; i++) {
      last = on(text);
      if (wanted.test(last)) {
        return last;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("It shows: " + last);
  }

  private static <T> T on(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    SwingUtilities.invokeAndWait(task);
    return task.get();
  }

  private static void expect(boolean holds, String shown) {
    if (!holds) {
      throw new IllegalStateException("It shows: " + shown);
    }
  }
}
