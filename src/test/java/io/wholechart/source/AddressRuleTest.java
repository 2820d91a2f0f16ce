package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.source.Connection.Origin;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
  private static final String NAME = "lab.hospital.example";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.9",
        "192.168.1.1",
        "203.0.113.9",
        "fd12:3456::1",
        "2001:db8::1"
      })
  void aNameMayLeadIntoTheHospitalsNetworkOrOutOfIt(String address) {
    assertThat(AddressRule.usual().permits(NAME, at(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "::1",
        "0.0.0.0",
        "::",
        "169.254.169.254",
        "169.254.1.1",
        "fe80::1",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b::7f00:1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "240.0.0.1"
      })
  void andNeitherToThisMachineNorToWhereACloudGivesOutKeys(String address) {
    assertThat(AddressRule.usual().permits(NAME, at(address))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.20.0.0/16, 10.20.255.255, true",
    "10.20.0.0/16, 10.21.0.0, false",
    "10.20.0.7, 10.20.0.7, true",
    "10.20.0.7, 10.20.0.8, false",
    "10.20.0.128/25, 10.20.0.127, false",
    "fd12::/48, fd12::9, true",
    "fd12::/48, fd12:0:1::9, false",
    "0.0.0.0/0, 10.0.0.1, true",
    "0.0.0.0/0, fd12::9, false",
    "0.0.0.0/0, 169.254.169.254, false",
    "169.254.0.0/16, 169.254.169.254, false",
    "127.0.0.0/8, 127.0.0.1, true"
  })
  void whereAddressesAreNamedANameLeadsToTheseOrNowhere(
      String range, String address, boolean isPermitted) {
    var rule = new AddressRule(List.of(AddressRange.parse(range)));

    assertThat(rule.permits(NAME, at(address))).isEqualTo(isPermitted);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "169.254.169.254", "[fe80::1]", "[::1]"})
  void whatIsConfiguredAsAnAddressIsMeant(String host) {
    assertThat(AddressRule.usual().permits(host, at(host.replaceAll("[\\[\\]]", "")))).isTrue();
  }

  @Test
  void localhostIsThisMachineAndNotWhatSomebodyElseSays() {
    assertThat(AddressRule.usual().permits("localhost", at("127.0.0.1"))).isTrue();
    assertThat(AddressRule.usual().permits("LOCALHOST", at("::1"))).isTrue();
    assertThat(AddressRule.usual().permits("localhost.example", at("127.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lab", "10.20.0.0/33", "10.20.0.0/", "10.20.0.0/-1", "/8", "::/129"})
  void whatIsNoAddressIsNone(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** DNS rebinding: the name is right when it is first asked for, and then leads elsewhere. */
  @Test
  void aNameIsCheckedAgainAtEveryConnection() throws Exception {
    var answer = new AtomicReference<>(at("127.0.0.1"));
    var now = new AtomicLong();
    var names = new Names(_ -> answer.get(), now::get);
    var rule = new AddressRule(List.of(AddressRange.parse("127.0.0.1")));
    var connections = new Connections(ClientTls.usual(), names, rule, 1);
    try (var source = new RawServer(RawServer.saying(""))) {
      URI url = URI.create(source.url("/").replace("127.0.0.1", NAME));
      connections.open(Origin.of(url)).close();

      answer.set(at("127.0.0.2"));
      now.addAndGet(Duration.ofHours(1).toNanos());

      assertThatThrownBy(() -> connections.open(Origin.of(url)))
          .isInstanceOf(ForbiddenAddressException.class);
    }
  }

  private static InetAddress at(String address) {
    return InetAddress.ofLiteral(address);
  }
}
