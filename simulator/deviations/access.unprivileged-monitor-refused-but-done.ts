import { paths } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'access.unprivileged-monitor-refused-but-done',
  breaks: 'access.unprivileged-monitor',
  summary: 'refuses a user without the privileges after it has canceled',
  behaviour: (contract) => {
    const unprivileged = new Set<string>();
    return {
      authenticate: (request, users, situation) => {
        const user = contract.authenticate(request, users, situation);
        if (user === undefined || request.method !== 'DELETE') return user;
        if (!user.privileged) unprivileged.add(user.id);
        return request.path.startsWith(paths.monitor) ? { ...user, privileged: true } : user;
      },
      answer: (answer, request, about) => {
        const kept = contract.answer(answer, request, about);
        const denied = about.resource === 'monitor-delete' && unprivileged.has(about.user?.id ?? '');
        const message = 'A privilege is missing.';
        return denied ? withJson(kept, 403, { error: { code: '0x80040220', message } }) : kept;
      },
    };
  },
});
