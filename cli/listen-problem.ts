/** What `bgop simulate` was told to listen on. */
interface Ports {
  readonly host: string;
  readonly port: number;
  readonly tlsPort?: number;
}

/** Says why a port cannot be listened on, and the way out. */
export function listenProblem(
  error: unknown,
  { host, port, tlsPort }: Ports,
  platform: NodeJS.Platform = process.platform,
): string {
  const { code, port: named } = (error instanceof Error ? error : {}) as { code?: string; port?: number };
  const at = named ?? port;
  const option = at === tlsPort ? '--tls-port' : '--port';
  if (code === 'EADDRINUSE') return `port ${at} is taken. Give another one, or ${option} 0 for a free one.`;
  if (code === 'EACCES')
    return `port ${at} needs more rights. ${wayOut(platform)} Or give ${option} from 1024 on.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is not an address of this machine.`;
  return error instanceof Error ? error.message : String(error);
}

function wayOut(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'linux':
      return 'Allow low ports once, by "sudo sysctl net.ipv4.ip_unprivileged_port_start=80", or forward one to a container: "docker run -p 443:443 …".';
    case 'darwin':
      return 'Low ports need no rights with --host 0.0.0.0, or run it with sudo.';
    default:
      return 'Another program may have reserved it ("netsh http show servicestate" lists them), or run it as administrator.';
  }
}
