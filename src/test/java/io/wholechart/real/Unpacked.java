package io.wholechart.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the system's packages that were unpacked into a folder instead of installed. */
record Unpacked(Path root) {
  Unpacked {
    root = root.toAbsolutePath();
  }

  /**
   * A command that finds the unpacked libraries and DICOM's dictionary, or those of the machine.
   */
  ProcessBuilder command(String... words) throws IOException {
    var command = new ProcessBuilder(words);
    List<Path> libraries = found("usr/lib", "*-linux-gnu");
    if (!libraries.isEmpty()) {
      command.environment().put("LD_LIBRARY_PATH", libraries.getFirst().toString());
    }
    List<Path> dictionaries = found("usr/share", "libdcmtk*");
    if (!dictionaries.isEmpty()) {
      command
          .environment()
          .put("DCMDICTPATH", dictionaries.getFirst().resolve("dicom.dic").toString());
    }
    return command;
  }

  String tool(String name) {
    return Stream.of(root, Path.of("/"))
        .flatMap(from -> Stream.of(from.resolve("usr/bin"), from.resolve("usr/sbin")))
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " below " + root))
        .toString();
  }

  /**
   * The file itself: the link in Orthanc's folder for plugins leads to where it was not installed.
   */
  Path dicomWebPlugin() throws IOException {
    Path installed = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
    List<Path> unpacked = found("usr/lib/orthanc", "libOrthancDicomWeb.so*");
    return unpacked.isEmpty() ? installed : unpacked.getFirst();
  }

  private List<Path> found(String folder, String pattern) throws IOException {
    if (!Files.isDirectory(root.resolve(folder))) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (var found = Files.newDirectoryStream(root.resolve(folder), pattern)) {
      found.forEach(files::add);
    }
    files.sort(null);
    return files;
  }
}
