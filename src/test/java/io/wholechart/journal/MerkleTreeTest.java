package io.wholechart.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tree against the known answers of RFC 6962's implementation, and against its definition. */
class MerkleTreeTest {
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void theKnownLeavesComeToTheKnownRoots() {
    var tree = CompactRange.empty();
    assertThat(Hex.text(tree.root()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    var hashing = new Hashing();
    for (int i = 0; i < LEAVES.size(); i++) {
      byte[] bytes = Hex.bytes(LEAVES.get(i));
      tree.add(hashing.leaf(bytes, 0, bytes.length));
      assertThat(Hex.text(tree.root())).as("%d leaves", i + 1).isEqualTo(ROOTS.get(i));
    }
  }

  @Test
  void theRootIsTheOneOfTheDefinitionAtEverySize() {
    var tree = CompactRange.empty();
    List<byte[]> leaves = new ArrayList<>();
    for (int size = 1; size <= 300; size++) {
      leaves.add(Oracle.leaf(size));
      tree.add(Oracle.leaf(size));
      assertThat(tree.root()).as("%d leaves", size).isEqualTo(Oracle.root(leaves));
      CompactRange again = CompactRange.of(size, tree.largestFirst());
      assertThat(again.root()).isEqualTo(tree.root());
      CompactRange copy = tree.copy();
      copy.add(Oracle.leaf(size + 1));
      assertThat(tree.root()).as("a copy goes its own way").isEqualTo(again.root());
    }
  }

  @Test
  void aTreeOfAnotherSizeIsNone() {
    assertThatThrownBy(() -> CompactRange.of(3, List.of(new byte[32])))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
