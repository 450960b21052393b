import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AssemblyError, readAssembly, readAssemblyFile } from './assembly.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

describe('a plug-in assembly', () => {
  // What Mono's own reflection says of the file.
  it('tells its name, version, culture, key and classes', async () => {
    expect(await readAssemblyFile(fixture('signed.dll'))).toMatchObject({
      name: 'Bgop.Probe',
      version: '1.2.3.4',
      culture: 'neutral',
      publicKeyToken: '5dae0a539cd7e4bb',
      types: ['<Module>', 'Bgop.Probe.ProbePlugin'],
    });
  });

  it('comes with its bytes and their hash', async () => {
    const bytes = await readFile(fixture('signed.dll'));
    const { content, hash } = readAssembly(bytes, 'signed.dll');
    expect(Buffer.from(content, 'base64').equals(bytes)).toBe(true);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(readAssembly(Buffer.concat([bytes, Buffer.of(0)]), 'x').hash).not.toBe(hash);
  });

  it('is refused when it is not signed', async () => {
    await expect(readAssemblyFile(fixture('unsigned.dll'))).rejects.toThrow('unsigned.dll is not signed');
  });

  it('is refused when it is none, or none that can be read', async () => {
    await expect(readAssemblyFile(fixture('stand-in.cs'))).rejects.toThrow('is no .NET assembly');
    await expect(readAssemblyFile(fixture('absent.dll'))).rejects.toThrow('cannot be read');
  });

  it('is refused wherever it was cut, without another error', async () => {
    const bytes = await readFile(fixture('signed.dll'));
    for (let length = 0; length < 0x400; length++) {
      expect(() => readAssembly(bytes.subarray(0, length), 'cut.dll')).toThrow(AssemblyError);
    }
  });
});
