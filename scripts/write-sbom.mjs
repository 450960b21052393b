// Writes sbom.cdx.json (CycloneDX): what an installation of the package brings along. Packing runs it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const { name } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const sbom = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--omit=dev'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  }),
);

// npm names the component after the folder that the clone is in.
sbom.metadata.component.name = name;
// Where this machine fetched a package from says nothing about the package.
for (const component of sbom.components)
  component.externalReferences = component.externalReferences?.filter(({ type }) => type !== 'distribution');

writeFileSync(`${root}sbom.cdx.json`, `${JSON.stringify(sbom, null, 2)}\n`);
