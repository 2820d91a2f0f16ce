# Everything that one does with this project. `make help` lists it.
#
# Maven runs on the JDK 25 that src/main/bin/find-jdk finds, wherever JAVA_HOME points.
# ARGS is passed on to the service:  make run ARGS='--set server.port=9000'

SHELL    := /bin/sh
MVN      ?= mvn
MVNFLAGS ?= -B -ntp
ARGS     ?=
SOURCE   ?=
KIND     ?=
CONTROL  ?= http://127.0.0.1:9100
CORPUS   ?= ../shared/data
PROFILES ?= ../shared/profiles
BENCH    ?=
JMH      ?= .*

app      := target/wholechart/bin/wholechart
hospital := target/wholechart/demo
inputs   := pom.xml $(shell find src/main src/test/java/io/wholechart/hospital config stubs -type f 2>/dev/null)

# The bench is compiled by itself: no other target waits for it or for what it needs.
bench_java := $(shell find src/bench/java -name '*.java' 2>/dev/null)
bench_libs := target/bench/lib/*:target/wholechart/lib/*

# Asked for at most once a run, and only by the targets that need it.
jdk = $(or $(found_jdk),$(eval found_jdk := $(shell sh src/main/bin/find-jdk))$(or $(found_jdk),$(error no JDK 25: see above)))
mvn = JAVA_HOME='$(jdk)' $(MVN) $(MVNFLAGS)
# The slow suites are integration tests with a tag; unit tests and the other ones are left out.
suite = $(mvn) verify -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false -Dit.excludedGroups= -Dit.groups=

.DEFAULT_GOAL := help
.PHONY: help build image run stubs demo outage heal test verify scenarios kills audit-crash audit-disk audit-mutation audit-ship memory overload edge faults mixing soak corpus ips balp resilience fhirclient real real-issuer bench jmh fmt clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Where the AOT cache cannot be trained, `train` says so, and the service starts without it.
build: $(app) ## leave a self-contained folder in target/wholechart
	@test -f target/wholechart/lib/wholechart.aot || target/wholechart/bin/train || true

$(app): $(inputs)
	@$(mvn) -q package -DskipTests
	@touch $@

image: build ## the same with a Java runtime, for where there is no JDK, in target/wholechart-image
	@src/main/image/build '$(jdk)' target/wholechart target/wholechart-image

run: build ## the service and a stub hospital of synthetic patients, until Ctrl-C
	@exec $(app) demo $(ARGS)

demo: build ## a walk through: a whole chart, an outage, a mixed-up patient; then it ends
	@$(app) demo --tour $(ARGS)

stubs: build ## the stub hospital alone, for a service that you start yourself
	@exec '$(jdk)/bin/java' --enable-preview -cp '$(hospital)/lib/*' io.wholechart.hospital.StubHospital --stubs $(hospital)/stubs

outage: ## make a source ill while `make run` runs:  make outage SOURCE=lab KIND=hang
	@test -n '$(SOURCE)' -a -n '$(KIND)' || { \
	  echo 'Say which source and how:  make outage SOURCE=lab KIND=hang'; \
	  echo '  SOURCE  ehr lab imaging pharmacy'; \
	  echo '  KIND    hang slow drip down reset empty garbage truncated html-login wrong-patient throttled'; \
	  exit 64; }
	@curl -sS --fail-with-body -X PUT '$(CONTROL)/outages/$(SOURCE)/$(KIND)' && echo '$(SOURCE): $(KIND)'

heal: ## make every source well again
	@curl -sS --fail-with-body -X DELETE '$(CONTROL)/outages' && echo 'all sources are well'

test: ## unit, integration and architecture tests, format and static checks
	@$(mvn) verify

verify: test scenarios audit-crash audit-disk audit-mutation audit-ship memory overload edge corpus ips balp resilience faults mixing soak ## test, and every slow suite that fetches nothing

scenarios: ## every outage of every source at every urgency; the table is target/scenarios.txt
	@$(suite)scenarios

kills: ## 20 times SIGKILL under load: no answer without its audit record; target/kills.txt
	@$(suite)kills

audit-crash: ## 200 times SIGKILL under load, and every system call of the audit log failing once; target/kills.txt, target/audit-system-calls.txt
	@$(suite)'kills | audit-crash' -Dwholechart.kills=200
audit-mutation: ## every harm to every byte and record of a sample log is seen; target/audit-mutation.txt
	@$(suite)audit-mutation
audit-disk: ## a disk of the audit log that is full, or becomes read-only: who is answered, and that all are in the log afterwards (root); target/audit-disk.txt
	@rm -f target/audit-disk.txt; $(suite)audit-disk

audit-ship: ## PostgreSQL and Kafka each stopped for 30 s under load and killed: nothing lost, nothing twice; target/audit-ship.txt
	@$(suite)audit-ship

memory: ## 2,000 requests held for two seconds each in a heap of 512 MiB; target/memory.txt
	@$(suite)memory

# Hundreds of services, one after the other, in one JVM: the server leaves a timer behind for each, and what hangs on it.
faults: ## every fault of every source, every subset of sources down, 2,000 pairs of faults; target/faults.txt
	@$(suite)'faults | subsets' -Djvm.test.heap=3g

mixing: ## a million calls under cancels, timeouts and resets: nobody gets another patient's data; target/mixing.txt
	@$(suite)mixing

soak: ## 200,000 requests with random faults: nothing grows; target/soak.txt
	@$(suite)soak

resilience: ## sources that hang, fail and stall: what others feel, and how often they are asked; target/resilience.txt
	@$(suite)resilience

fhirclient: ## a FHIR client from npm reads the FHIR face; target/fhirclient.txt
	@$(suite)fhirclient

overload: ## ten times what can be served, a tenth of it emergencies, for a minute; target/overload.txt
	@$(suite)overload

edge: ## 2,000 clients that send a byte a second, and SIGTERM under load; target/slow-clients.txt, target/stop.txt
	@$(suite)edge

corpus: ## real messages and resources of a folder:  make corpus CORPUS=DIR
	@$(suite)corpus -Dwholechart.corpus='$(abspath $(CORPUS))'

real_java := $(shell find src/real/java src/real/resources -type f 2>/dev/null)

# What the real systems are made of is fetched once, each into a folder of its own.
target/real/%/lib: src/real/%.xml $(real_java)
	@echo 'fetching what target/real/$* is made of'
	@$(mvn) -q -f $< process-classes
	@touch $@

target/real/imaging/root: src/real/unpack-imaging
	@echo 'fetching what target/real/imaging is made of'
	@src/real/unpack-imaging target/real/imaging
	@touch $@

real: target/real/ehr/lib target/real/patients/lib target/real/imaging/root ## in front of HAPI FHIR JPA and Orthanc, filled with Synthea's patients; target/real.txt
	@$(suite)real

real-issuer: target/real/issuer/lib ## callers with tokens of a real Keycloak, six minutes; target/real-issuer.txt
	@$(suite)real-issuer

ips: ## patient summaries against the guide in a folder of FHIR packages:  make ips PROFILES=DIR; target/ips.txt
	@$(suite)ips -Dwholechart.profiles='$(abspath $(PROFILES))'

balp: ## the audit log's AuditEvents against IHE BALP in a folder of FHIR packages:  make balp PROFILES=DIR; target/balp.txt
	@$(suite)balp -Dwholechart.profiles='$(abspath $(PROFILES))'

bench: build ## beside Vert.x and Node, 45 minutes; target/bench/report.html. Five minutes:  make bench BENCH=quick
	@$(mvn) -q -Pbench dependency:copy-dependencies@bench
	@mkdir -p target/bench/classes
	@'$(jdk)/bin/javac' --release 25 -proc:none -Xlint:all,-classfile -Werror -d target/bench/classes -cp '$(bench_libs)' $(bench_java)
	@exec '$(jdk)/bin/java' -cp 'target/bench/classes:$(bench_libs)' io.wholechart.bench.Bench $(BENCH)

jmh: ## benchmarks of the hot pieces:  make jmh JMH=PayloadReader
	@$(mvn) -q -Pjmh test-compile exec:exec@jmh -Djmh.include='$(JMH)'

fmt: ## format the sources
	@$(mvn) -q spotless:apply

clean: ## remove what was built
	@rm -rf target
