// Builds the simulator's image without a registry: node scripts/build-image.mjs [NAME:TAG]
//
// There is no base image. The root holds the Node that runs this script, the libraries that it is
// linked with, and the compiled simulator. Needs Linux, tar, ldd, and a container engine. Where base
// images can be pulled, `docker build` with the Dockerfile is the ordinary way.
import { execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { getContainerRuntimeClient } from 'testcontainers';
import { layOutApp } from './image-app.mjs';

const run = promisify(execFile);

/** What the Dockerfile says too: keep both in step. */
const instructions = [
  'ENTRYPOINT ["/usr/local/bin/node", "/app/dist/containers/entry.js"]',
  'EXPOSE 8080',
  'USER 1000:1000',
  'WORKDIR /app',
];

/** The name under which the image of this version is looked for. */
export async function imageName() {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  return `background-operations-simulator:${version}`;
}

/** Builds the image on the engine that DOCKER_HOST or the machine offers; resolves with its name. */
export async function buildImage(name) {
  if (process.platform !== 'linux') {
    throw new Error('this works on Linux only: elsewhere use "docker build" with the Dockerfile.');
  }
  const docker = await connect();
  const root = await mkdtemp(join(tmpdir(), 'bgop-image-'));
  try {
    await Promise.all([layOutApp(join(root, 'app')), layOutSystem(root)]);
    await importRoot(docker, root, name);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  return name;
}

/** Removes an image that {@link buildImage} has built. */
export async function removeImage(name) {
  await (await connect()).getImage(name).remove({ force: true });
}

async function connect() {
  const engine = await getContainerRuntimeClient().catch(() => {
    throw new Error('no container engine can be reached: start Docker, or set DOCKER_HOST.');
  });
  return engine.container.dockerode;
}

/** Node with its libraries, and the little that a process expects of a file system. */
async function layOutSystem(root) {
  const node = await realpath(process.execPath);
  const place = async (from, to) => {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await cp(await realpath(from), join(root, to));
  };
  await place(node, '/usr/local/bin/node');
  await chmod(join(root, '/usr/local/bin/node'), 0o755);
  const { stdout } = await run('ldd', [node]);
  const libraries = stdout.matchAll(/(\/\S+) \(0x/g);
  for (const [, library] of libraries) await place(library, library);
  await mkdir(join(root, 'etc'));
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0::/:\nsimulator:x:1000:1000::/app:\n');
  await writeFile(join(root, 'etc/group'), 'root:x:0:\nsimulator:x:1000:\n');
  await mkdir(join(root, 'tmp'));
  await chmod(join(root, 'tmp'), 0o1777);
}

async function importRoot(docker, root, name) {
  const at = name.lastIndexOf(':');
  const tar = spawn('tar', ['-C', root, '--owner=0', '--group=0', '-c', '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const packed = new Promise((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`tar ended with ${code}`))));
  });
  const progress = await docker.importImage(tar.stdout, {
    repo: at < 0 ? name : name.slice(0, at),
    tag: at < 0 ? 'latest' : name.slice(at + 1),
    changes: instructions.join('\n'),
  });
  await Promise.all([
    packed,
    new Promise((resolve, reject) => {
      docker.modem.followProgress(progress, (error) => (error ? reject(error) : resolve()));
    }),
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(await buildImage(process.argv[2] ?? (await imageName())));
  } catch (error) {
    console.error(`build-image: ${error.message}`);
    process.exitCode = 1;
  }
}
