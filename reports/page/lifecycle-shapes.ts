/** Where a pair of codes stands in a drawing of the lifecycle: the middle of its box. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** A transition as it is drawn: its path from border to border, and the middle of its label. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly label: readonly [x: number, y: number];
}

/** A drawing of the lifecycle: sizes, places and ways. */
export interface Shape {
  readonly name: 'wide' | 'tall';
  readonly width: number;
  readonly height: number;
  readonly box: { readonly width: number; readonly height: number };
  readonly places: Readonly<Record<string, Place>>;
  readonly edges: readonly Edge[];
}

/** From left to right, for screens and paper. */
export const wide: Shape = {
  name: 'wide',
  width: 700,
  height: 300,
  box: { width: 168, height: 48 },
  places: {
    '0,0': { x: 92, y: 96 },
    '2,20': { x: 350, y: 96 },
    '2,22': { x: 350, y: 250 },
    '3,30': { x: 608, y: 40 },
    '3,31': { x: 608, y: 148 },
    '3,32': { x: 608, y: 256 },
  },
  edges: [
    { from: '0,0', to: '2,20', path: 'M176 86 L260 86', label: [219, 79] },
    { from: '2,20', to: '0,0', path: 'M266 108 L182 108', label: [225, 127] },
    { from: '0,0', to: '2,22', path: 'M104 120 Q140 242 260 250', label: [148, 212] },
    { from: '2,20', to: '2,22', path: 'M350 120 L350 220', label: [371, 176] },
    { from: '2,20', to: '3,30', path: 'M434 84 L518 48', label: [468, 58] },
    { from: '2,20', to: '3,31', path: 'M434 106 L518 138', label: [462, 108] },
    { from: '2,22', to: '3,30', path: 'M396 226 Q506 156 562 70', label: [440, 178] },
    { from: '2,22', to: '3,31', path: 'M434 238 Q510 220 556 178', label: [494, 232] },
    { from: '2,22', to: '3,32', path: 'M434 260 L518 260', label: [474, 280] },
  ],
};

/** From top to bottom, for phones: letters keep their size. */
export const tall: Shape = {
  name: 'tall',
  width: 300,
  height: 376,
  box: { width: 90, height: 60 },
  places: {
    '0,0': { x: 78, y: 38 },
    '2,20': { x: 78, y: 178 },
    '2,22': { x: 222, y: 178 },
    '3,30': { x: 50, y: 338 },
    '3,31': { x: 150, y: 338 },
    '3,32': { x: 250, y: 338 },
  },
  edges: [
    { from: '0,0', to: '2,20', path: 'M64 68 L64 142', label: [44, 110] },
    { from: '2,20', to: '0,0', path: 'M92 148 L92 74', label: [113, 110] },
    { from: '0,0', to: '2,22', path: 'M123 40 Q212 50 220 142', label: [188, 72] },
    { from: '2,20', to: '2,22', path: 'M123 178 L171 178', label: [147, 170] },
    { from: '2,20', to: '3,30', path: 'M62 208 L52 302', label: [36, 256] },
    { from: '2,20', to: '3,31', path: 'M88 208 L138 302', label: [90, 238] },
    { from: '2,22', to: '3,30', path: 'M202 208 L84 304', label: [170, 226] },
    { from: '2,22', to: '3,31', path: 'M216 208 L166 302', label: [207, 260] },
    { from: '2,22', to: '3,32', path: 'M232 208 L248 302', label: [262, 256] },
  ],
};
