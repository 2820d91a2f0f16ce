package io.wholechart.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The stub sources as a process: one selector thread for all ports, responses that are made
 * already, and a thread that lets the delayed ones go when they are due. It takes commands on its
 * standard input ({@code delay N} in milliseconds, {@code delay never}, {@code stats}) and ends
 * when that closes, so that it cannot outlive the bench.
 */
final class StubSources {
  private static final long NEVER = -1;

  private final StubAnswers answers;
  private final Selector selector;
  private final ByteBuffer input = ByteBuffer.allocateDirect(16 * 1024);
  private final Queue<Peer> unfinished = new ConcurrentLinkedQueue<>();
  private final Queue<Delayed> delayed = new ConcurrentLinkedQueue<>();
  private final Thread clock = Thread.ofPlatform().daemon().name("clock").unstarted(this::tick);
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long delayNanos;
  private boolean isFull;

  /** One connection; at any time either the selector's thread or the clock's has it. */
  private static final class Peer {
    final SocketChannel channel;
    final SelectionKey key;
    final int port;
    final StringBuilder request = new StringBuilder();
    ByteBuffer response = ByteBuffer.allocate(0);

    Peer(SocketChannel channel, Selector selector, int port) throws IOException {
      this.channel = channel;
      this.port = port;
      this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }
  }

  private record Delayed(Peer peer, long due) {}

  private StubSources(StubAnswers answers) throws IOException {
    this.answers = answers;
    this.selector = Selector.open();
  }

  /**
   * @param args the folder of stubs, and how many ports
   */
  public static void main(String[] args) throws IOException {
    var sources = new StubSources(new StubAnswers(new Charts(Path.of(args[0]))));
    var ports = new ArrayDeque<String>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      ports.add(Integer.toString(sources.listen()));
    }
    sources.clock.start();
    Thread.ofPlatform().daemon().name("selector").start(sources::run);
    System.out.println("ports " + String.join(" ", ports));
    sources.obey();
  }

  private int listen() throws IOException {
    var server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private void obey() throws IOException {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      List<String> words = List.of(line.split(" "));
      switch (words.getFirst()) {
        case "delay" -> {
          delayNanos =
              words.get(1).equals("never") ? NEVER : Long.parseLong(words.get(1)) * 1_000_000;
          System.out.println("delay is set");
        }
        case "stats" -> System.out.println("served " + served.get() + " " + bytes.get());
        default -> System.out.println("unknown");
      }
    }
  }

  private void run() {
    try {
      while (true) {
        selector.select(this::ready);
        for (Peer peer = unfinished.poll(); peer != null; peer = unfinished.poll()) {
          if (peer.key.isValid()) {
            peer.key.interestOps(SelectionKey.OP_WRITE);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      System.exit(1); // a stub that is silent by accident would spoil the figures unseen
    }
  }

  private void ready(SelectionKey key) {
    if (key.isAcceptable()) {
      accept((ServerSocketChannel) key.channel());
      return;
    }
    try {
      Peer peer = (Peer) key.attachment();
      if (key.isReadable()) {
        read(peer);
      } else if (key.isWritable()) {
        write(peer);
      }
    } catch (IOException e) {
      close(key);
    }
  }

  private void accept(ServerSocketChannel server) {
    try {
      for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        var _ = new Peer(channel, selector, port);
      }
    } catch (IOException e) {
      // Out of descriptors: callers who gave up have hung up, and that is not seen yet. Who wants
      // to
      // connect waits meanwhile; the bench's reader is told, since that is no longer the delay
      // asked for.
      if (!isFull) {
        System.err.println("[stub sources] out of descriptors: callers wait to connect");
        isFull = true;
      }
    }
  }

  private void read(Peer peer) throws IOException {
    input.clear();
    int read = peer.channel.read(input);
    if (read < 0) {
      close(peer.key);
      return;
    }
    peer.request.append(StandardCharsets.ISO_8859_1.decode(input.flip()));
    int end = peer.request.indexOf("\r\n\r\n");
    if (end < 0) {
      return;
    }
    int from = peer.request.indexOf(" ") + 1;
    String target = peer.request.substring(from, peer.request.indexOf(" ", from));
    peer.request.setLength(0); // nobody here sends the next request before the answer
    peer.response = answers.to(target, peer.port);
    served.incrementAndGet();
    bytes.addAndGet(peer.response.remaining());
    long delay = delayNanos;
    if (delay == 0) {
      write(peer);
    } else if (delay != NEVER) {
      delayed.add(new Delayed(peer, System.nanoTime() + delay));
      LockSupport.unpark(clock);
    }
  }

  private void write(Peer peer) throws IOException {
    peer.channel.write(peer.response);
    peer.key.interestOps(
        peer.response.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /**
   * Lets responses go in the order in which they were asked for, which is that of their dues. A
   * selector's timeout counts in milliseconds, which is as much as what is to be measured: hence
   * this thread, which sleeps to a tenth of one before the due and spins the rest.
   */
  private void tick() {
    while (true) {
      Delayed next = delayed.peek();
      if (next == null) {
        LockSupport.park(this);
        continue;
      }
      Pace.await(next.due);
      delayed.remove();
      try {
        next.peer.channel.write(next.peer.response);
        if (next.peer.response.hasRemaining()) {
          unfinished.add(next.peer);
          selector.wakeup();
        }
      } catch (IOException e) {
        // Whoever asked has hung up; the selector sees it as well and closes the connection.
      }
    }
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      // it is gone, which is all that was wanted
    }
  }
}
