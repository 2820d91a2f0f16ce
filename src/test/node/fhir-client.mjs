// fhir-kit-client, which knows nothing of us, as it comes:  node fhir-client.mjs BASE_URL
// Says what it did, a line each; fails where something is not as a client may expect it.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const [baseUrl, modules] = process.argv.slice(2);
const { Client, CapabilityTool } = await import(
  pathToFileURL(`${modules}/fhir-kit-client/dist/index.js`).href
);
const client = new Client({ baseUrl });

const statement = await client.capabilityStatement();
assert.equal(statement.fhirVersion, '4.0.1');
const operations = statement.rest[0].resource.find((r) => r.type === 'Patient').operation;
assert.ok(operations.some((o) => o.name === 'everything'));
console.log('capabilities: ' + operations.map((o) => '$' + o.name).join(' '));

let page = await client.operation({
  name: 'everything', resourceType: 'Patient', id: 'p-1006', method: 'GET', input: { _count: 100 },
});
const total = page.total;
let matches = 0;
let pages = 0;
while (page) {
  matches += page.entry.filter((e) => e.search.mode === 'match').length;
  pages += 1;
  page = await client.nextPage({ bundle: page });
}
assert.equal(matches, total);
assert.ok(pages > 5);
console.log(`$everything by GET: ${matches} resources of ${total} on ${pages} pages`);

const posted = await client.operation({
  name: 'everything', resourceType: 'Patient', id: 'p-1001',
  input: { resourceType: 'Parameters', parameter: [{ name: '_type', valueString: 'Patient' }] },
});
assert.ok(posted.entry.every((e) => e.resource.resourceType === 'Patient'));
console.log(`$everything by POST: ${posted.entry.length} Patients, one a source`);

const reference = posted.entry[0].resource;
assert.match(reference.meta.source, /^urn:wholechart:source:/);

await assert.rejects(
  client.operation({ name: 'everything', resourceType: 'Patient', id: 'p-9999', method: 'GET' }),
  (e) => e.response.status === 404 && e.response.data.resourceType === 'OperationOutcome',
);
console.log('an unknown patient: 404 and an OperationOutcome');
