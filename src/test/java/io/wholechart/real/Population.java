package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Synthea's patients, always the same ones, each with what happened to them in a transaction. */
public final class Population {
  /** 34 of them alive at the end, and those who died on the way; three years of each are kept. */
  private static final List<String> ARGUMENTS =
      List.of(
          "-s",
          "20261125",
          "-cs",
          "20261125",
          "-r",
          "20260601",
          "-e",
          "20260601",
          "-p",
          "34",
          "--exporter.years_of_history=3",
          "--exporter.hospital.fhir.export=true",
          "--exporter.practitioner.fhir.export=true",
          "--exporter.fhir.excluded_resources=Claim,ExplanationOfBenefit,Provenance",
          "Massachusetts");

  private static final Comparator<Path> BY_NAME =
      Comparator.comparing(file -> file.getFileName().toString());

  /** Hospitals and practitioners, which everybody's transactions refer to. */
  private final List<Path> shared = new ArrayList<>();

  private final List<Synthetic> patients = new ArrayList<>();

  /** A patient, with the id that all sources know them by, and the file that holds the rest. */
  public record Synthetic(String id, Path file) {
    JsonNode bundle() throws IOException {
      return Rest.JSON.readTree(file.toFile());
    }
  }

  private Population(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted(BY_NAME).toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        if (name.startsWith("hospitalInformation")) {
          shared.addFirst(file);
        } else if (name.startsWith("practitionerInformation")) {
          shared.addLast(file);
        } else {
          patients.add(new Synthetic(name.substring(name.lastIndexOf('_') + 1), file));
        }
      }
    }
    patients.sort(Comparator.comparing(Synthetic::id));
  }

  /** The patients of this folder, made first where that was not done before. */
  static Population in(Path folder) throws IOException, InterruptedException {
    Path made = folder.resolve("made-with.txt");
    String arguments = String.join(" ", ARGUMENTS);
    if (!Files.exists(made) || !Files.readString(made).equals(arguments)) {
      Folders.delete(folder.resolve("output"));
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of("-Xmx2g", "-cp", folder.toAbsolutePath().resolve("lib") + "/*", "App"));
      command.add("--exporter.baseDirectory=" + folder.toAbsolutePath().resolve("output"));
      command.addAll(ARGUMENTS);
      Running.toTheEnd(
          "Synthea",
          new ProcessBuilder(command).directory(folder.toFile()),
          folder.resolve("synthea.log"),
          Duration.ofMinutes(10));
      Files.writeString(made, arguments, StandardCharsets.UTF_8);
    }
    return new Population(folder.resolve("output/fhir"));
  }

  /** Changes whenever other patients come out. */
  String fingerprint() {
    return String.join(" ", ARGUMENTS) + " of " + patients.size();
  }

  List<Path> shared() {
    return List.copyOf(shared);
  }

  public List<Synthetic> patients() {
    return List.copyOf(patients);
  }
}
