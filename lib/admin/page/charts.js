import { byId, element, setText } from "./dom.js";

/**
 * A chart of the last minute with its legend: `series` each with a name, a colour (a CSS variable), and dashes where a
 * colour alone would not tell them apart. `whole`: there is nothing between two whole numbers.
 */
export function chart(id, { series, format, formatTick = format, log = false, whole = false }) {
  const place = byId(`${id}-chart`);
  const values = legend(byId(`${id}-legend`), series);
  let data = [[], ...series.map(() => [])];
  const show = (index) => {
    series.forEach((_, n) => {
      const value = data[n + 1][index];
      setText(values[n], value === undefined || value === null ? "–" : format(value));
    });
  };
  const showLast = () => show(data[0].length - 1);
  const plot = new uPlot(
    {
      width: Math.max(place.clientWidth, 1),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      padding: [8, 28, 0, 0],
      scales: { x: { time: true }, y: log ? LOGARITHMIC : FROM_ZERO },
      axes: [
        {
          ...axis(),
          values: (_, ticks) => ticks.map((at) => time.format(at * 1000)),
          size: 30,
          space: 90,
          grid: { show: false },
        },
        {
          ...axis(),
          size: 58,
          values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : formatTick(tick))),
          ...(log ? { filter: powersOfTen, grid: { ...axis().grid, filter: powersOfTen } } : { space: 32 }),
          ...(whole && { incrs: WHOLE }),
        },
      ],
      series: [{}, ...series.map(line)],
      hooks: { setCursor: [({ cursor: { idx } }) => (idx == null ? showLast() : show(idx))] },
    },
    data,
    place,
  );
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  addEventListener("urocket-theme", () => plot.redraw(false));
  return (columns) => {
    data = columns;
    plot.setData(data);
    if (plot.cursor.idx == null) showLast();
  };
}

const HEIGHT = 190;

/** Distances between two lines of a grid. */
const WHOLE = [1, 2, 5]
  .flatMap((digit) => Array.from({ length: 9 }, (_, power) => digit * 10 ** power))
  .sort((a, b) => a - b);

const FROM_ZERO = { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] };

/** Microseconds and minutes in one chart. */
const LOGARITHMIC = {
  distr: 3,
  log: 10,
  // Whole powers of ten, so that at least two lines have a label.
  range: (_, least, most) =>
    least === null ? [1, 1000] : [10 ** Math.floor(Math.log10(least)), 10 ** Math.floor(Math.log10(most) + 1)],
};

function powersOfTen(_, ticks) {
  return ticks.map((tick) => (Number.isInteger(Number(Math.log10(tick).toFixed(6))) ? tick : null));
}

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

function axis() {
  return {
    stroke: () => colour("--faint"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: () => colour("--line"), width: 1 },
    ticks: { show: false },
    gap: 8,
  };
}

function line({ colour: name, area, dash }) {
  const stroke = () => colour(name);
  const fill = area && { fill: () => colour(area) };
  return { stroke, width: 2, points: { show: false }, spanGaps: true, ...fill, ...(dash && { dash: DASHES[dash] }) };
}

/** The borders of CSS, as a canvas draws them. */
const DASHES = { dashed: [8, 4], dotted: [2, 3] };

function legend(place, series) {
  return series.map(({ name, colour: variable, dash = "solid" }) => {
    const mark = element("span", "mark");
    mark.style.borderTop = `0.2rem ${dash} var(${variable})`;
    const value = element("span", "value", "–");
    place.append(element("li", "", mark, `${name} `, value));
    return value;
  });
}

/** A canvas knows no variables, and not which of two colours is that of the theme. */
function colour(name) {
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

const probe = element("span");
probe.hidden = true;
document.body.append(probe);
