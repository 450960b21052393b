import { messages } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';
import { editSoap, editSoapAnswer } from '../soap-edits.ts';

export default defineDeviations({
  response: {
    summary: 'writes Results before ResponseName',
    behaviour: editSoap(messages.execute, (xml) =>
      xml.replace(/(<a:ResponseName>.*?<\/a:ResponseName>)(<a:Results>.*<\/a:Results>)/s, '$2$1'),
    ),
  },
  row: {
    summary: 'writes Id and LogicalName of a row first',
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replace(
        /(<a:Attributes>.*?)(<a:Id>[^<]*<\/a:Id>)(.*?)(<a:LogicalName>[^<]*<\/a:LogicalName>)/s,
        '$2$4$1$3',
      ),
    ),
  },
  pair: {
    summary: 'writes the value of an attribute before its key',
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replaceAll(/(<b:key>[^<]*<\/b:key>)(<b:value[^>]*>[^<]*<\/b:value>)/g, '$2$1'),
    ),
  },
  fault: {
    summary: 'writes the message of a fault first',
    behaviour: editSoapAnswer((answer) => ({
      ...answer,
      body: (answer.body ?? '').replace(/(<ActivityId>.*?)(<Message>.*?<\/Message>)/s, '$2$1'),
    })),
  },
  reference: {
    summary: 'writes Id behind LogicalName in the references of a row',
    narrow: true,
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replaceAll(
        /(EntityReference"[^>]*>)(<a:Id>[^<]*<\/a:Id>)(.*?)(<a:LogicalName>[^<]*<\/a:LogicalName>)/g,
        '$1$4$3$2',
      ),
    ),
  },
});
