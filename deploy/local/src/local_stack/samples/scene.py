# SPDX-License-Identifier: EUPL-1.2
"""Draws a harbour at sunrise: sky, islands, sea, a rescue vessel, a quay with flags."""

import numpy as np
import numpy.typing as npt

WIDTH = 4240
HEIGHT = 2832
HORIZON = 1600
QUAY = 2400
SUN = (2900, 1480)

Pixels = npt.NDArray[np.float32]
Colour = tuple[int, int, int]

FLAGS: tuple[Colour, ...] = (
    (196, 62, 58),
    (240, 186, 66),
    (62, 138, 104),
    (58, 104, 172),
    (236, 232, 222),
    (222, 122, 60),
    (126, 92, 160),
)


def harbour() -> npt.NDArray[np.uint8]:
    """Return the scene as rows of RGB pixels, the same every time."""
    pixels = np.empty((HEIGHT, WIDTH, 3), np.float32)
    _sky(pixels[:HORIZON])
    _islands(pixels)
    _sea(pixels[HORIZON:QUAY])
    _vessel(pixels)
    _quay(pixels[QUAY:])
    for number, left in enumerate(range(150, WIDTH - 300, 560)):
        _flag(pixels, left, FLAGS[number % len(FLAGS)], phase=1.7 * number)
    grain = np.random.default_rng(12).normal(0, 2.2, (HEIGHT, WIDTH)).astype(np.float32)
    pixels += grain[..., None]
    return np.clip(pixels, 0, 255).astype(np.uint8)


def _sky(sky: Pixels) -> None:
    down = np.linspace(0, 1, HORIZON, dtype=np.float32)
    sky[:] = _gradient(down, (74, 118, 176), (168, 186, 206), (248, 208, 160))[:, None]
    y, x = _grid(HORIZON)
    distance = np.hypot(x - SUN[0], y - SUN[1])
    sky += (np.exp(-distance / 620) * 70)[..., None] * np.array((1.0, 0.72, 0.34), np.float32)
    _blend(sky, np.clip((96 - distance) / 6, 0, 1), (255, 244, 214))
    bands = np.sin(x / 410 + np.sin(y / 90) * 1.6) * np.sin(y / 64 + x / 1900)
    _blend(sky, np.clip(bands - 0.35, 0, 1) * (y < 1150) * 0.5, (250, 232, 222))


def _islands(pixels: Pixels) -> None:
    x = np.arange(WIDTH, dtype=np.float32)
    y, _ = _grid(HORIZON)
    far = 150 + 90 * np.sin(x / 330) + 50 * np.sin(x / 121 + 1) + 14 * np.sin(x / 29)
    near = 60 + 230 * np.exp(-(((x - 700) / 260) ** 2)) + 160 * np.exp(-(((x - 1250) / 190) ** 2))
    near += 10 * np.sin(x / 23)
    sky = pixels[:HORIZON]
    _blend(sky, (y > HORIZON - far) * np.float32(0.6), (132, 142, 164))
    _blend(sky, (y > HORIZON - near) * np.float32(0.85), (78, 92, 112))


def _sea(sea: Pixels) -> None:
    rows = sea.shape[0]
    down = np.linspace(0, 1, rows, dtype=np.float32)
    sea[:] = _gradient(down, (206, 184, 160), (74, 126, 148), (28, 76, 104))[:, None]
    y, x = _grid(rows)
    scale = 6 + y / 9  # waves grow towards the viewer
    waves = np.sin(y * 26 / scale + x / (scale * 3)) * np.sin(x / (scale * 5) - y / scale)
    sea += (waves * (4 + y / 70))[..., None]
    path = np.exp(-(((x - SUN[0]) / (90 + y * 0.42)) ** 2)) * np.clip(0.55 + 0.6 * waves, 0, 1)
    _blend(sea, path * 0.75, (255, 222, 164))


def _vessel(pixels: Pixels) -> None:
    top, left = 1560, 1500
    window = pixels[top : top + 520, left : left + 1150]
    y, x = np.mgrid[0:520, 0:1150].astype(np.float32)
    bow = np.clip((y - 300) * 1.3, 0, None)
    hull = (y > 300 - 0.00022 * (x - 420) ** 2) & (y < 420) & (x > 60 + bow / 4) & (x < 1090 - bow)
    _blend(window, hull, (226, 96, 40))
    _blend(window, hull & (y > 392), (122, 38, 34))
    _blend(window, hull & (np.abs(x - y * 0.5 - 250) < 46), (244, 240, 232))
    _blend(window, (y > 170) & (y < 304) & (x > 330) & (x < 700), (244, 240, 232))
    glass = (y > 196) & (y < 228) & (x > 350) & (x < 684) & (x % 56 > 10)
    _blend(window, glass, (54, 78, 96))
    _blend(window, (y > 120) & (y < 170) & (x > 400) & (x < 600), (236, 228, 216))
    _blend(window, (y > 10) & (y < 120) & (np.abs(x - 500) < 5), (92, 88, 90))
    wake = np.exp(-(((y - 424) / 10) ** 2)) * (x > 70) * (x < 800)
    _blend(window, wake * 0.8, (232, 236, 232))


def _quay(quay: Pixels) -> None:
    rows = quay.shape[0]
    down = np.linspace(0, 1, rows, dtype=np.float32)
    quay[:] = _gradient(down, (172, 150, 128), (136, 118, 104), (96, 84, 78))[:, None]
    y, x = _grid(rows)
    seam = ((x - WIDTH / 2) * (1 - y / 1600)) % 210 < 5
    _blend(quay, (seam | (y % 130 < 4)) * np.float32(0.5), (82, 72, 66))
    _blend(quay, (y < 26) * np.float32(1), (214, 200, 180))


def _flag(pixels: Pixels, left: int, colour: Colour, phase: float) -> None:
    window = pixels[1240:2440, left : left + 400]
    y, x = np.mgrid[0:1200, 0:400].astype(np.float32)
    _blend(window, (x > 14) & (x < 26) & (y > 20), (98, 92, 92))
    _blend(window, np.hypot(x - 20, y - 14) < 15, (232, 200, 120))
    fold = np.sin(x / 58 + phase)
    sway = fold * (x - 26) * 0.075
    cloth = (x > 26) & (x < 370) & (y > 40 + sway) & (y < 270 + sway)
    light = 1 + 0.16 * np.cos(x / 58 + phase)
    for channel, value in enumerate(colour):
        window[..., channel][cloth] = (value * light)[cloth]
    stripe = cloth & (np.abs(y - 155 - sway) < 26)
    _blend(window, stripe * np.float32(0.7), (248, 244, 236))


def _gradient(place: Pixels, *colours: Colour) -> Pixels:
    stops = np.linspace(0, 1, len(colours))
    table = np.array(colours, np.float32)
    columns = [np.interp(place, stops, table[:, channel]) for channel in range(3)]
    return np.stack(columns, axis=-1).astype(np.float32)


def _grid(rows: int) -> tuple[Pixels, Pixels]:
    y = np.arange(rows, dtype=np.float32)[:, None]
    x = np.arange(WIDTH, dtype=np.float32)[None, :]
    return y, x


def _blend(pixels: Pixels, share: npt.NDArray[np.generic], colour: Colour) -> None:
    amount = share.astype(np.float32)[..., None]
    pixels += (np.array(colour, np.float32) - pixels) * amount
