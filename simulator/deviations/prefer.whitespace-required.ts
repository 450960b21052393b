import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.whitespace-required',
  breaks: 'prefer.whitespace',
  summary: 'splits at a comma or semicolon with a space behind it only',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const spaced = request.prefer.every((field) => !/[,;](?! |$)(?=(?:[^"]*"[^"]*")*[^"]*$)/.test(field));
      return { ...contract.preferences(request, situation), ...(spaced ? {} : { respondAsync: false }) };
    },
  }),
});
