import { messages } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { soapMessage, forSoapOnly } from '../soap-edits.ts';

/** Edits the requests of the organization service that submit. */
function editSubmission(change: (body: string) => string) {
  return edit('request', (request) =>
    soapMessage(request) === messages.execute ? { ...request, body: change(request.body) } : request,
  );
}

export default defineDeviations({
  ignored: {
    summary: 'passes CallbackUri over',
    behaviour: editSubmission((body) => body.replace(/>CallbackUri</, '>tag<')),
  },
  'by-position': {
    summary: 'passes CallbackUri over where it stands before Request',
    narrow: true,
    behaviour: editSubmission((body) =>
      body.indexOf('>CallbackUri<') < body.indexOf('>Request<')
        ? body.replace('>CallbackUri<', '>tag<')
        : body,
    ),
  },
  'other-name': {
    summary: 'drops the query of CallbackUri',
    behaviour: editSubmission((body) => body.replace(/(>CallbackUri<.*?)\?[^<]*</s, '$1<')),
  },
  unescaped: {
    summary: 'decodes CallbackUri',
    behaviour: editSubmission((body) => body.replace(/(>CallbackUri<.*?)%2B/s, '$1+')),
  },
  'needless-escapes': {
    summary: 'decodes what need not have been encoded in CallbackUri',
    narrow: true,
    behaviour: editSubmission((body) => body.replace(/(>CallbackUri<.*?)%7E/s, '$1~')),
  },
  'entity-twice': {
    summary: 'decodes the entities in CallbackUri once more than they were encoded',
    narrow: true,
    behaviour: editSubmission((body) => body.replace(/(>CallbackUri<.*?)&amp;(lt|gt|quot|amp);/s, '$1&$2;')),
  },
  entity: {
    summary: 'leaves the entities of XML in CallbackUri',
    narrow: true,
    behaviour: edit('request', (request) =>
      soapMessage(request) === 'ExecuteBackgroundOperation'
        ? {
            ...request,
            body: request.body.replace(
              /(>CallbackUri<.*?<[^>]*value[^>]*>)([^<]*)/s,
              (_all, start: string, url: string) => start + url.replaceAll('&amp;', '&amp;amp;'),
            ),
          }
        : request,
    ),
  },
  twice: {
    summary: 'calls back twice for what the organization service submitted',
    narrow: true,
    behaviour: forSoapOnly((contract, bySoap) => ({
      outbound: (request, about) => {
        const requests = contract.outbound(request, about);
        return request.purpose === 'callback' && about.operation !== undefined && bySoap(about.operation)
          ? [...requests, ...requests]
          : requests;
      },
    })),
  },
  'dot-segments': {
    summary: 'resolves the dot segments of CallbackUri',
    narrow: true,
    behaviour: editSubmission((body) =>
      body.replace(/(>CallbackUri<.*?<[^>]*value[^>]*>)([^<]*)/s, (_all, start: string, url: string) =>
        URL.canParse(url) ? start + new URL(url).href : start + url,
      ),
    ),
  },
});
