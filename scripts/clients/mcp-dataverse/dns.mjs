// The server takes hosts of dynamics.com only: here their names lead to this machine.
import dns from 'node:dns';

const { lookup } = dns;
dns.lookup = (host, ...rest) => lookup(host.endsWith('.dynamics.com') ? '127.0.0.1' : host, ...rest);
