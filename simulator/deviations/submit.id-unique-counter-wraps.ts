import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.id-unique-counter-wraps',
  breaks: 'submit.id-unique',
  summary: 'makes the id from the millisecond and a counter of five bits',
  alsoBreaks: {
    'submit.burst': 'operations that share an id replace each other',
  },
  behaviour: () => {
    let last = 0;
    let counter = 0;
    return {
      newId: ({ now }) => {
        counter = now === last ? (counter + 1) % 32 : 0;
        last = now;
        const time = now.toString(16).padStart(12, '0');
        const tail = counter.toString(16).padStart(12, '0');
        return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`;
      },
    };
  },
});
