"""Loudness and true peak of 48 kHz sound (ITU-R BS.1770-5), a look-ahead limiter, and mastering to both.

https://www.itu.int/rec/R-REC-BS.1770
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

SAMPLE_RATE = 48_000
SILENCE_LUFS = -70.0

# K-weighting at 48 kHz: a shelf for the head, then a high-pass (BS.1770-5, annex 1, tables 1 and 2).
_K_WEIGHTING = np.array(
    [
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
        [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
    ]
)
_LOUDNESS_OFFSET = -0.691
_STEP_SECONDS = 0.1  # blocks of 0.4 s overlap by three quarters
_STEPS_PER_BLOCK = 4
_STEPS_AT_ONCE = 100  # ten seconds: long sounds need no more memory than short ones
_RELATIVE_GATE_LU = -10.0

OVERSAMPLING = 4
HOT_SHARE = 0.75  # a true peak is at most some 2.5 dB above its samples, but in pathological signals
BLOCK_SAMPLES = 16
_FILTER_MARGIN = 32
_JOINED_GAP = 512
_LONGEST_STRETCH = 1 << 18  # samples oversampled at once
_BLOCKS_AT_ONCE = 1 << 15
_MEASURED_AT_ONCE = 1 << 20
ATTACK_DB_PER_SECOND = 1200.0  # 6 dB within 5 ms of look-ahead
RELEASE_DB_PER_SECOND = 60.0
MAX_PASSES = 6
LEAST_STEEPNESS = 0.4
PEAK_HEADROOM_DB = 1.0  # peaks are looked for a little further down than the first gain needs
LOUDNESS_TOLERANCE_LU = 0.05
MAX_GAIN_DB = 30.0
MAX_MAKE_UP_DB = 12.0  # what the limiter takes away and gain gives back

Samples = NDArray[np.float32]


def measure_loudness(samples: NDArray[np.floating]) -> float:
    """Integrated loudness of (n, channels) samples in LUFS; -70 where all is quieter than that or shorter than a block."""
    powers = _block_powers(samples)
    powers = powers[_to_lufs(powers) > SILENCE_LUFS]
    if not powers.size:
        return SILENCE_LUFS
    gate = float(_to_lufs(powers.mean(keepdims=True))[0]) + _RELATIVE_GATE_LU
    return float(_to_lufs(powers[_to_lufs(powers) > gate].mean(keepdims=True))[0])


def measure_true_peak(samples: NDArray[np.floating]) -> float:
    """The highest true peak in dBTP (four-fold oversampled); -200 for silence."""
    highest = max(
        (float(np.abs(samples[first : first + _LONGEST_STRETCH]).max(initial=0.0)) for first in range(0, len(samples), _LONGEST_STRETCH)), default=0.0
    )
    found = highest
    for first in range(0, len(samples), _MEASURED_AT_ONCE):
        begin = max(0, first - 2 * _FILTER_MARGIN)
        peaks = _true_peaks(samples[begin : first + _MEASURED_AT_ONCE + 2 * _FILTER_MARGIN], highest * HOT_SHARE)
        found = max(found, float(peaks[first - begin : first - begin + _MEASURED_AT_ONCE].max(initial=0.0)))
    return _to_db(found)


def limit_true_peak(samples: NDArray[np.floating], ceiling_dbtp: float) -> Samples:
    """No true peak above the ceiling: the gain falls ahead of each peak and comes back by ``RELEASE_DB_PER_SECOND``, the same on all channels."""
    return _limit(samples, _true_peaks(samples, 10 ** (ceiling_dbtp / 20) * HOT_SHARE), 0.0, ceiling_dbtp)


def master(samples: NDArray[np.floating], loudness_lufs: float, ceiling_dbtp: float) -> Samples:
    """Gain and limiter, repeated until the loudness is met under the ceiling. Silence stays as it is."""
    loudness = measure_loudness(samples)
    mastered = np.asarray(samples, np.float32)
    if loudness <= SILENCE_LUFS:
        return mastered
    gain_db = min(loudness_lufs - loudness, MAX_GAIN_DB)
    most_db = gain_db + MAX_MAKE_UP_DB
    peaks, peaks_hold_to_db = np.zeros(0, np.float32), -np.inf
    steepness = 1.0  # how much louder a decibel of gain makes it: less and less where the limiter works
    for _ in range(MAX_PASSES):
        if gain_db > peaks_hold_to_db:
            peaks_hold_to_db = gain_db + PEAK_HEADROOM_DB
            peaks = _true_peaks(samples, 10 ** ((ceiling_dbtp - peaks_hold_to_db) / 20) * HOT_SHARE)
        mastered = _limit(samples, peaks, gain_db, ceiling_dbtp)
        reached = measure_loudness(mastered)
        if abs(loudness_lufs - reached) <= LOUDNESS_TOLERANCE_LU:
            break
        more_db = min((loudness_lufs - reached) / steepness, most_db - gain_db)
        steepness = max(LEAST_STEEPNESS, (reached - loudness) / max(gain_db, 1.0)) if more_db > 0 else 1.0
        gain_db += more_db
    # What the moving gain lifted between samples, a tenth of a decibel at most, is taken back once more.
    return limit_true_peak(mastered, ceiling_dbtp)


def _limit(samples: NDArray[np.floating], peaks: Samples, gain_db: float, ceiling_dbtp: float) -> Samples:
    """Gain, less what each peak asks for. The reduction is worked out per block; at a border the stronger of two blocks holds."""
    whole = len(peaks) // BLOCK_SAMPLES * BLOCK_SAMPLES
    highest = np.append(_largest(peaks[:whole].reshape(-1, BLOCK_SAMPLES)), peaks[whole:].max(initial=0.0))
    over = np.maximum(20 * np.log10(np.maximum(highest, 1e-10)) + gain_db - ceiling_dbtp, 0.0)
    if not over.any():
        return np.asarray(samples * np.float32(10 ** (gain_db / 20)), np.float32)
    reduction = _slope(over, RELEASE_DB_PER_SECOND)
    reduction = _slope(reduction[::-1], ATTACK_DB_PER_SECOND)[::-1]
    borders = np.maximum(np.append(reduction, 0.0), np.append(0.0, reduction))
    limited = np.empty(samples.shape, np.float32)
    share = np.arange(BLOCK_SAMPLES) / BLOCK_SAMPLES
    for first in range(0, len(reduction), _BLOCKS_AT_ONCE):
        near = borders[first : first + _BLOCKS_AT_ONCE + 1]
        curve = near[:-1, None] + np.diff(near)[:, None] * share
        gain = np.power(10.0, ((gain_db - curve) / 20).astype(np.float32)).reshape(-1)
        part = samples[first * BLOCK_SAMPLES : first * BLOCK_SAMPLES + len(gain)]
        limited[first * BLOCK_SAMPLES : first * BLOCK_SAMPLES + len(part)] = part * gain[: len(part), None]
    return limited


def _block_powers(samples: NDArray[np.floating]) -> NDArray[np.float64]:
    """K-weighted mean square of each gating block, channels summed."""
    step = round(_STEP_SECONDS * SAMPLE_RATE)
    steps = len(samples) // step
    if steps < _STEPS_PER_BLOCK:
        return np.zeros(0)
    squares = np.empty(steps)
    state = np.zeros((len(_K_WEIGHTING), 2, samples.shape[1]))
    for first in range(0, steps, _STEPS_AT_ONCE):
        last = min(steps, first + _STEPS_AT_ONCE)
        weighted, state = signal.sosfilt(_K_WEIGHTING, samples[first * step : last * step], axis=0, zi=state)
        squares[first:last] = np.einsum("ij,ij->i", weighted, weighted, dtype=np.float64).reshape(last - first, step).mean(axis=1)
    return np.asarray(np.convolve(squares, np.full(_STEPS_PER_BLOCK, 1 / _STEPS_PER_BLOCK), "valid"))


def _to_lufs(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    return _LOUDNESS_OFFSET + 10 * np.log10(np.maximum(powers, 1e-20))


def _to_db(amplitude: float) -> float:
    return 20 * float(np.log10(max(amplitude, 1e-10)))


def _largest(rows: NDArray[np.floating]) -> NDArray[np.float64]:
    """The largest value of each row; much faster than a reduction over a short axis."""
    largest = np.array(rows[:, 0], np.float64)
    for column in range(1, rows.shape[1]):
        np.maximum(largest, rows[:, column], out=largest)
    return largest


def _true_peaks(samples: NDArray[np.floating], hot: float) -> Samples:
    """Per sample, the highest oversampled value of any channel around it; 0 where all samples near are below ``hot``."""
    loudest = np.abs(samples[:, 0])
    for channel in range(1, samples.shape[1]):
        np.maximum(loudest, np.abs(samples[:, channel]), out=loudest)
    peaks = np.zeros(len(samples), np.float32)
    low_pass = signal.firwin(2 * 10 * OVERSAMPLING + 1, 1 / OVERSAMPLING, window=("kaiser", 5.0)).astype(np.float32)
    for first, last in _hot_stretches(loudest >= max(hot, 1e-10)):
        begin, end = max(0, first - _FILTER_MARGIN), min(len(samples), last + _FILTER_MARGIN)
        fine = signal.resample_poly(samples[begin:end], OVERSAMPLING, 1, axis=0, window=low_pass)
        per_sample = _largest(_largest(np.abs(fine)).reshape(-1, OVERSAMPLING))
        peaks[first:last] = np.maximum(per_sample[first - begin : last - begin], loudest[first:last])
    return peaks


def _hot_stretches(is_hot: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open stretches around the hot samples, ``_FILTER_MARGIN`` wider on both sides, joined where they are near."""
    places = np.flatnonzero(is_hot)
    if not places.size:
        return []
    breaks = np.flatnonzero(np.diff(places) > _JOINED_GAP)
    firsts = places[np.concatenate([[0], breaks + 1])] - _FILTER_MARGIN
    lasts = places[np.concatenate([breaks, [len(places) - 1]])] + 1 + _FILTER_MARGIN
    stretches = [(max(0, int(first)), min(len(is_hot), int(last))) for first, last in zip(firsts, lasts, strict=True)]
    return [(begin, min(begin + _LONGEST_STRETCH, last)) for first, last in stretches for begin in range(first, last, _LONGEST_STRETCH)]


def _slope(reduction: NDArray[np.float64], db_per_second: float) -> NDArray[np.float64]:
    """The lowest curve over blocks that is nowhere below ``reduction`` and falls no faster than ``db_per_second``."""
    ramp = np.arange(len(reduction)) * (db_per_second * BLOCK_SAMPLES / SAMPLE_RATE)
    return np.asarray(np.maximum(np.maximum.accumulate(reduction + ramp) - ramp, 0.0))
