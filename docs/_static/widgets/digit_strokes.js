// Ten digits as somebody writes them, to start from: strokes on a sheet of 200 x 200, each a list x0, y0, x1, y1, ...
"use strict";
var CNNBook = CNNBook || {};

CNNBook.digitStrokes = (() => {
  /** @param {number} cx @param {number} cy @param {number} rx @param {number} ry @param {number} from @param {number} to degrees, clockwise from the right */
  function arc(cx, cy, rx, ry, from, to) {
    const steps = Math.max(2, Math.ceil(Math.abs(to - from) / 20));
    return Array.from({ length: steps + 1 }, (_, i) => {
      const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
      return [Math.round(cx + rx * Math.cos(angle)), Math.round(cy + ry * Math.sin(angle))];
    }).flat();
  }

  return [
    [arc(100, 100, 42, 62, -80, 290)],
    [[80, 66, 104, 38, 102, 162]],
    [[...arc(98, 74, 38, 36, -170, 35), 62, 158, 146, 156]],
    [[...arc(94, 70, 36, 32, -150, 80), ...arc(96, 128, 40, 34, -80, 150)]],
    [[88, 38, 58, 112, 144, 108], [120, 72, 116, 164]],
    [[136, 42, 78, 42, 70, 92, ...arc(94, 122, 42, 36, -80, 150)]],
    [[124, 38, ...arc(100, 122, 46, 84, -150, -180), ...arc(96, 126, 40, 34, 180, 530)]],
    [[58, 46, 142, 44, 90, 162]],
    [[...arc(100, 70, 32, 30, -40, -270), ...arc(100, 130, 38, 31, -90, 270), ...arc(100, 70, 32, 30, 90, -40)]],
    [[...arc(98, 78, 36, 36, -10, -350), 132, 84, 122, 162]],
  ];
})();
