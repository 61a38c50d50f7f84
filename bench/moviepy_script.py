"""Runs inside MoviePy's environment: ``python moviepy_script.py plain.json``. Nothing else of this repository is there."""

import json
import sys
from pathlib import Path

from moviepy import AudioFileClip, ColorClip, CompositeAudioClip, CompositeVideoClip, ImageClip, TextClip, VideoFileClip, vfx

SIZE = (1080, 1920)


def place_picture(picture, duration):
    """A photo or a clip, cover-fitted to its rectangle, with an exponential zoom."""
    x, y, width, height = picture["rect"]
    first, last = picture["scales"]
    if picture["is_video"]:
        clip = VideoFileClip(picture["file"], audio=False)
        clip = clip.subclipped(0, min(duration, clip.duration))
    else:
        clip = ImageClip(picture["file"]).with_duration(duration)
    cover = max(width / clip.w, height / clip.h)
    moving = clip.resized(lambda t: cover * first * (last / first) ** (t / duration)).with_position("center")
    return CompositeVideoClip([moving], size=(width, height)).with_duration(duration).with_position((x, y))


def make_shot(shot, background):
    """One shot, a little longer where the next one dissolves in."""
    duration = shot["duration"] + shot["join"]
    layers = [ColorClip(SIZE, color=background).with_duration(duration)]
    layers += [place_picture(picture, duration) for picture in shot["pictures"]]
    clip = CompositeVideoClip(layers, size=SIZE).with_duration(duration).with_start(max(0.0, shot["start"] - shot["join"] / 2))
    return clip.with_effects([vfx.CrossFadeIn(shot["join"])]) if shot["join"] else clip


def make_caption(caption, font):
    """A chunk of words, white with a dark edge."""
    text = TextClip(
        font=font,
        text=caption["text"],
        font_size=62,
        color="white",
        stroke_color="black",
        stroke_width=2,
        method="caption",
        size=(768, None),
        text_align="center",
    )
    return text.with_start(caption["start"]).with_duration(caption["end"] - caption["start"]).with_position(("center", 1090))


def main():
    plain = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    background = tuple(int(plain["background"][i : i + 2], 16) for i in (1, 3, 5))
    layers = [make_shot(shot, background) for shot in plain["shots"]] + [make_caption(caption, plain["font"]) for caption in plain["captions"]]
    reel = CompositeVideoClip(layers, size=SIZE).with_duration(plain["duration"])
    reel = reel.with_audio(CompositeAudioClip([AudioFileClip(sound) for sound in plain["sounds"]]).with_duration(plain["duration"]))
    reel.write_videofile(
        plain["out"], fps=30, codec="libx264", audio_codec="aac", preset="veryfast", ffmpeg_params=["-crf", "20", "-pix_fmt", "yuv420p"], logger=None
    )


if __name__ == "__main__":
    main()
