package io.sally.engine;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files of the product's own that hold what people asked or got. Stateless. */
public final class OwnerOnly {
  private OwnerOnly() {}

  /**
   * What a new file is made with so that its owner alone may read and write it; nothing where the
   * file system knows no such permissions.
   */
  public static FileAttribute<?>[] attributes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
