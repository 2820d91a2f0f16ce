package io.wholechart.crosswalk;

import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of ids, one row a patient: {@code id,<system>,<system>,…}. A cell is an id, a dash for a
 * patient who is known to have none there, or empty where that is not known.
 *
 * <p>There is no quoting, since no id has a comma, and nothing is passed over: a table that is
 * wrong in one line is not used in the others, for what is wrong with it may be an export that has
 * slipped by a column.
 *
 * <p>Each column is kept from both ends. A number that no row has belongs to nobody only where the
 * column has no empty cell: in that row it may stand.
 */
final class CrosswalkTable {
  private static final String NONE = "-";
  private static final int LONGEST_LINE = 8 * 1024;
  private static final Resolution NONE_THERE = new Resolution.NoneThere();
  private static final Resolution NO_ROW =
      Resolution.unresolved("the table of ids does not know the patient");
  private static final Resolution NO_CELL =
      Resolution.unresolved("the table of ids does not say whether the patient has an id there");

  private static final Holder OPEN =
      new Holder.Unresolved(
          new Failure(
              FailureReason.ID_UNRESOLVED, "does not say the number of every patient there"));

  /** Why a table cannot be used; without its values. */
  static final class UnfitException extends Exception {
    private UnfitException(int line, String problem) {
      super("line " + line + ": " + problem);
    }
  }

  private final List<String> systems;
  private final Map<String, List<String>> rows = new HashMap<>();
  private final Map<String, Column> columns = new HashMap<>();

  /** Who has which number in one system. */
  private static final class Column {
    private final Map<String, PatientId> holders = new HashMap<>();
    private boolean isOpen;
  }

  private CrosswalkTable(List<String> systems) {
    this.systems = systems;
    systems.forEach(system -> columns.put(system, new Column()));
  }

  /**
   * Reads a table.
   *
   * @param required the systems that it has to have
   * @throws UnfitException for the first line that is wrong
   */
  static CrosswalkTable read(BufferedReader in, Set<String> required, int maxRows)
      throws IOException, UnfitException {
    List<String> header = cells(withoutByteOrderMark(in.readLine()), 1);
    if (header.size() < 2 || !header.getFirst().equals("id")) {
      throw new UnfitException(1, "is not a header: id, and then a system for each column");
    }
    var table = new CrosswalkTable(List.copyOf(header.subList(1, header.size())));
    if (new HashSet<>(header).size() < header.size() || header.contains("")) {
      throw new UnfitException(1, "has a column without a system, or two of one system");
    }
    for (String system : required) {
      if (!table.systems.contains(system)) {
        throw new UnfitException(1, "has no column for " + system + ", the idSystem of a source");
      }
    }
    table.readRows(in, maxRows);
    return table;
  }

  private void readRows(BufferedReader in, int maxRows) throws IOException, UnfitException {
    int line = 1;
    for (String text = in.readLine(); text != null; text = in.readLine()) {
      line++;
      if (line - 1 > maxRows) {
        throw new UnfitException(line, "is one more than maxRows allows");
      }
      List<String> cells = cells(text, line);
      if (cells.size() != systems.size() + 1) {
        throw new UnfitException(
            line, "has " + cells.size() + " cells and not " + (systems.size() + 1));
      }
      String id = cells.getFirst();
      if (!PatientId.isLegal(id)) {
        throw new UnfitException(line, "begins with what is no id");
      }
      List<String> ids = List.copyOf(cells.subList(1, cells.size()));
      add(new PatientId(id), ids, line);
      if (rows.put(id, ids) != null) {
        throw new UnfitException(line, "is a second row of one id");
      }
    }
  }

  private void add(PatientId holder, List<String> ids, int line) throws UnfitException {
    for (int column = 0; column < ids.size(); column++) {
      String id = ids.get(column);
      Column its = columnOf(systems.get(column));
      its.isOpen |= id.isEmpty();
      if (id.isEmpty() || id.equals(NONE)) {
        continue;
      }
      if (!SourceId.isLegal(id)) {
        throw new UnfitException(line, "has what is no id in column " + (column + 2));
      }
      if (its.holders.putIfAbsent(id, holder) != null) {
        throw new UnfitException(
            line, "has an id in column " + (column + 2) + " that another row has as well");
      }
    }
  }

  int size() {
    return rows.size();
  }

  Resolution resolve(PatientId id, String system) {
    @Nullable List<String> row = rows.get(id.value());
    int column = systems.indexOf(system);
    if (row == null || column < 0) {
      return NO_ROW;
    }
    String cell = row.get(column);
    return switch (cell) {
      case "" -> NO_CELL;
      case NONE -> NONE_THERE;
      default -> new Resolution.Found(new SourceId(system, cell));
    };
  }

  private Column columnOf(String system) {
    return Objects.requireNonNull(columns.get(system));
  }

  /** Whose number of a system it is. */
  Holder holder(String value, String system) {
    @Nullable Column column = columns.get(system);
    if (column == null) {
      return new Holder.UnknownSystem();
    }
    @Nullable PatientId holder = column.holders.get(value);
    return holder != null ? new Holder.One(holder) : column.isOpen ? OPEN : new Holder.Nobody();
  }

  /** Whose number it is in whatever system, the callers' own included. */
  Holder holder(String value) {
    Set<PatientId> holders = new HashSet<>();
    boolean isOpen = false;
    for (Column column : columns.values()) {
      @Nullable PatientId holder = column.holders.get(value);
      if (holder != null) {
        holders.add(holder);
      }
      isOpen |= column.isOpen;
    }
    if (rows.containsKey(value)) {
      holders.add(new PatientId(value));
    }
    return switch (holders.size()) {
      case 0 -> isOpen ? OPEN : new Holder.Nobody();
      case 1 -> new Holder.One(holders.iterator().next());
      default -> new Holder.Several();
    };
  }

  private static List<String> cells(@Nullable String line, int number) throws UnfitException {
    if (line == null || line.isBlank()) {
      throw new UnfitException(number, "is blank");
    }
    if (line.length() > LONGEST_LINE) {
      throw new UnfitException(number, "is longer than any row");
    }
    List<String> cells = new ArrayList<>(4);
    int from = 0;
    for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
      cells.add(line.substring(from, comma).strip());
      from = comma + 1;
    }
    cells.add(line.substring(from).strip());
    return cells;
  }

  private static @Nullable String withoutByteOrderMark(@Nullable String line) {
    return line != null && line.startsWith("\uFEFF") ? line.substring(1) : line;
  }
}
