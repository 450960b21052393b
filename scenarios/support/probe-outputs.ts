/** Texts that a target easily mangles: each must come back unchanged. All are well-formed Unicode. */
export const unusualTexts: Readonly<Record<string, string>> = {
  'beyond the basic plane': '\u{1F9EA}\u{20BB7}\u{10FFFF} 𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
  'combining and composed letters': 'e\u0301 \u00e9 o\u0308\u0323 \u1e9b\u0323 \uac00 \u1100\u1161',
  'right to left, with its controls': '\u202eabc\u202c שלום \u2067مرحبا\u2069 \u200f\u200e',
  'joined emoji and variation selectors': '👩🏽\u200d🚀 ❤\ufe0f 🇩🇪 1\ufe0f\u20e3',
  'invisible characters': '\ufeffa\u200bb\u2060c\u00add\u00a0e\u2028f\u2029g\u0085h\ufffdi',
  'control characters': 'tab\there, line\r\nfeed, \b\f\u0001\u001f\u007f end',
  'quotes and backslashes': '"double" \'single\' \\ \\\\ \\" \\u0041 C:\\temp\\new',
  markup: '<a href="x">&amp; &lt;b&gt;</a></script><!-- ]]> -->',
  'percent and plus': '100% %41 %E2%82%AC a+b c%20d',
  placeholders: '{0} ${x} {{y}} %s %d $1 $& \\1',
  'what looks like a number': '0042',
  'what looks like a boolean': 'true',
  'what looks like null': 'null',
  'what looks like a date': '2026-01-01T00:00:00Z',
  'what looks like JSON': '{"Text":["nested",1,null],"backgroundOperationStateCode":0}',
  'white space at both ends': '  \t two spaces  and  more \n ',
  'a long text': 'long, 長い, طويل, \u{1F4DC}; '.repeat(6_000),
};

/** The names of the probe's response properties, all of them. */
export const probeOutputs = ['Text', 'Count', 'Flag', 'Amount', 'When', 'Id'] as const;
