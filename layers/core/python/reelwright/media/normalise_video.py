"""Videos: H.264 at a constant rate, at most 1080 on the short side, BT.709 limited range, closed GOPs of half a second, AAC 48 kHz.

What already fits is copied. Filters: https://ffmpeg.org/ffmpeg-filters.html (zscale, tonemap, bwdif).
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from reelwright.kit.errors import MediaRefused
from reelwright.kit.ffmpeg import Source, run_ffmpeg
from reelwright.media.streams import STANDARD_RATES, SoundStream, VideoStream, inspect_video

MAX_SHORT_SIDE_PIXELS = 1080
MAX_LONG_SIDE_PIXELS = 3840
MAX_COPIED_GOP_SECONDS = 2.5
GOP_SECONDS = 0.5
SHORT_CLIP_SECONDS = 120
HIGHEST_KILOBITS, LOWEST_KILOBITS = 30_000, 3_000
_KEPT_SHARE = 0.9
_TIME_LIMIT_SECONDS = 840.0
_BT709, _UNKNOWN, _BT601_CURVE, _BT2020 = 1, 2, 6, 9
_BT470BG, _SMPTE170M = 5, 6
_FULL_RANGE = 2
_HD_HEIGHT = 720
_TAGS = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
_TAG_COPY = "h264_metadata=colour_primaries=1:transfer_characteristics=1:matrix_coefficients=1:video_full_range_flag=0"
# Diffuse white of HDR (203 nits) lands at 85 % of the range, a grey card stays a grey card, 1000 nits are white.
_TONE_MAP = "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:desat=0:peak=5,zscale=t=bt709:m=bt709:r=limited"


def normalise_video(path: Path, demuxer: str, out: Path) -> VideoStream:
    """Writes an MP4 and describes it. Raises MediaRefused where less comes out than was promised."""
    video = inspect_video(path, demuxer)
    if fits_already(video):
        _convert(path, video, ["-c:v", "copy", "-bsf:v", _TAG_COPY], out)
    else:
        width, height = fit_size(video)
        _convert(path, video, ["-vf", build_filters(video, width, height), *_encoding(path, video)], out)
    made = inspect_video(out, "mov")
    if made.duration_seconds < video.duration_seconds * _KEPT_SHARE - 0.2:
        raise MediaRefused(f"This video is damaged: only {made.duration_seconds:.1f} of its {video.duration_seconds:.1f} seconds can be decoded.")
    return made


def fits_already(video: VideoStream) -> bool:
    """Whether the picture stream can be used as it is."""
    return _has_fitting_picture(video) and _has_fitting_colours(video) and _has_fitting_timing(video)


def _has_fitting_picture(video: VideoStream) -> bool:
    is_plain = video.codec == "h264" and video.pixel_format == "yuv420p" and video.demuxer in ("mov", "matroska")
    is_small = min(video.coded_size) <= MAX_SHORT_SIDE_PIXELS and max(video.coded_size) <= MAX_LONG_SIDE_PIXELS
    is_even = all(side % 2 == 0 for side in video.coded_size)
    return is_plain and is_small and is_even and not video.is_interlaced and video.coded_size == (video.width, video.height) and not video.rotation


def _has_fitting_colours(video: VideoStream) -> bool:
    allowed = (_BT709, _UNKNOWN) if video.height >= _HD_HEIGHT else (_BT709,)
    return (
        video.color_range != _FULL_RANGE
        and video.matrix in allowed
        and video.primaries in (_BT709, _UNKNOWN)
        and video.transfer in (_BT709, _UNKNOWN, _BT601_CURVE)
    )


def _has_fitting_timing(video: VideoStream) -> bool:
    return not video.is_variable and video.frame_rate in STANDARD_RATES and video.longest_gop_seconds <= MAX_COPIED_GOP_SECONDS


def choose_rate(video: VideoStream) -> Fraction:
    """A standard rate is kept, slow motion above 60 becomes 60, everything uneven or odd becomes 30 (60 where it is that quick)."""
    if not video.is_variable and video.frame_rate in STANDARD_RATES:
        return video.frame_rate
    return Fraction(60) if video.frame_rate >= 45 else Fraction(30)


def fit_size(video: VideoStream) -> tuple[int, int]:
    """Even width and height, never larger than the original."""
    short, long = sorted((video.width, video.height))
    scale = min(1.0, MAX_SHORT_SIDE_PIXELS / short, MAX_LONG_SIDE_PIXELS / long)
    return max(2, int(video.width * scale / 2) * 2), max(2, int(video.height * scale / 2) * 2)


def build_filters(video: VideoStream, width: int, height: int) -> str:
    """The filter chain. FFmpeg turns the picture upright before it."""
    rate = choose_rate(video)
    chain = ["bwdif=mode=send_frame"] if video.is_interlaced else []
    chain.append(f"fps={rate.numerator}/{rate.denominator}")
    if video.is_hdr or video.matrix >= _BT2020:
        # zscale asks for whole tags; phones leave some out.
        transfer = {16: "smpte2084", 18: "arib-std-b67"}.get(video.transfer, "bt2020-10")
        chain.append(f"setparams=colorspace=bt2020nc:color_primaries=bt2020:color_trc={transfer}")
        chain.append(f"zscale=w={width}:h={height}:f=bicubic")
        chain.append(_TONE_MAP if video.is_hdr else "zscale=p=bt709:t=bt709:m=bt709:r=limited")
    else:
        chain.append(f"scale={width}:{height}:flags=bicubic:in_color_matrix={_matrix_name(video)}:out_color_matrix=bt709:out_range=tv")
    chain.append("format=yuv420p,setsar=1,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv")
    return ",".join(chain)


def _matrix_name(video: VideoStream) -> str:
    if video.matrix in (_BT470BG, _SMPTE170M):
        return "bt601"
    return "bt709" if video.matrix == _BT709 or video.height >= _HD_HEIGHT else "bt601"


def _encoding(path: Path, video: VideoStream) -> list[str]:
    """Fast to write and to read: the rendition is decoded many times. Its size is held against that of the original."""
    gop = str(max(2, round(choose_rate(video) * Fraction(GOP_SECONDS))))
    kilobits = path.stat().st_size * 8 / 1000 / max(video.duration_seconds, 0.1)
    cap = round(min(max(2 * kilobits, LOWEST_KILOBITS), HIGHEST_KILOBITS))
    is_short = video.duration_seconds <= SHORT_CLIP_SECONDS
    quality = ["-preset", "ultrafast", "-crf", "17"] if is_short else ["-preset", "veryfast", "-crf", "21"]
    limits = ["-maxrate", f"{cap}k", "-bufsize", f"{2 * cap}k"]
    groups = ["-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-bf", "0", "-flags", "+cgop"]
    return ["-c:v", "libx264", *quality, *limits, *groups, *_TAGS]


def _convert(path: Path, video: VideoStream, picture: list[str], out: Path) -> None:
    sound = _sound_settings(video.sound) if video.sound else ["-an"]
    kept = ["-map", f"0:{video.index}", *(["-map", f"0:{video.sound.index}"] if video.sound else [])]
    # Chapters, subtitles, data and metadata (places!) stay behind.
    settings = [*kept, "-map_metadata", "-1", "-map_chapters", "-1", *picture, *sound, "-movflags", "+faststart"]
    run_ffmpeg([Source(path, video.demuxer)], settings, out, "mp4", time_limit_seconds=_TIME_LIMIT_SECONDS, failure=MediaRefused)


def _sound_settings(sound: SoundStream) -> list[str]:
    if sound.codec == "aac" and sound.sample_rate == 48_000 and sound.channels in (1, 2):
        return ["-c:a", "copy"]
    return ["-c:a", "aac", "-b:a", "192k", "-ac", "2", "-ar", "48000"]
