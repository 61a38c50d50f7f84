"""The drawer of picture holes: which part of a photo or clip is seen, and how the camera moves over it."""

from __future__ import annotations

from fractions import Fraction

from reelwright.generation.composing.clip_windows import Window
from reelwright.generation.composing.mount_small import mount_small
from reelwright.generation.composing.moves import Look, Move, choose_move, make_motion, move_of
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.studio import Sheet, Studio, brightness, is_second
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.geometry import Area, enlargement, visible_faces, window_of
from reelwright.reels.match_pictures import light_of, match_pictures
from reelwright.reels.reel import Motion, Picture, View
from reelwright.reels.template import PictureSlot

DETAIL_CLOSER = 1.45
PHASE_STEP = 1.7
STRONG_SUBJECT = 0.15
SMALL_SUBJECT_AREA = 0.12
FULL_HEIGHT_SHARE = 0.9
PALE_LUMA, PALE_BRIGHTNESS, DARK_THEME_LUMA = 0.75, 0.84, 0.2
WHITE_LUMA, LIGHT_THEME_LUMA = 0.91, 0.8


def draw_picture(sheet: Sheet, slot: PictureSlot) -> None:
    """Adds the picture, its faces on the canvas, its move and, of a clip, the stretch that is shown."""
    studio, scene = sheet.studio, sheet.scene
    place = _place_of(sheet, slot)
    beside = sheet.media_beside() if is_second(slot) or place >= len(scene.media_ids) else None
    media = studio.media[beside or sheet.media_at(place)]
    slot = mount_small(slot, studio.size(media.media_id), sheet.layout.family, studio.template.camera.base_scale, studio.canvas)
    closer = 1.0 if beside else closeness(studio, scene, slot, place)
    look = Look(studio.size(media.media_id), slot.rect, media.analysis, scene.seconds, closer, scene.repeats if place == 0 else place)
    is_clip = studio.references[media.media_id].kind == "video"
    ramps = studio.template.camera.ramps and len(sheet.layout.pictures) == 1
    window = studio.windows.take(media, scene.seconds, scene.beats if ramps else None) if is_clip and sheet.take else None
    motion = _move(studio, scene, look, _avoided(sheet, slot), place, window)
    if not is_clip:
        motion = _with_depth(studio, scene, slot, media, motion)
    picture = _picture(slot, media, motion, window, _brightness_of(studio, slot, media))
    sheet.layers.append(picture)
    sheet.shown.append(media.media_id)
    if beside and sheet.take:
        studio.shown_beside.append(beside)
    if slot.blur == 0:
        sheet.moves.append(move_of(motion))
        sheet.faces += [] if _is_portrait(slot) else _faces_of(studio, slot, picture)
    if window:
        sheet.windows.append((media.media_id, window))


def closeness(studio: Studio, scene: Scene, slot: PictureSlot, place: int) -> float:
    """How much closer than whole the picture is seen, as far as it has the pixels.

    A media that comes again is first seen closer, then whole again.
    """
    is_detail = place >= len(scene.media_ids)
    wanted = slot.closer * (DETAIL_CLOSER if is_detail or (scene.repeats % 2 == 1 and place == 0 and slot.closer == 1.0) else 1.0)
    media_id = scene.media_ids[min(place, len(scene.media_ids) - 1)]
    if wanted == 1.0:
        return wanted
    plain = enlargement(studio.size(media_id), slot.rect, studio.template.camera.base_scale)
    return max(1.0, min(wanted, slot.max_enlargement / plain))


def _place_of(sheet: Sheet, slot: PictureSlot) -> int:
    """The slot's number among those that want a media of their own; a repeated one has the number of its original."""
    if slot.repeats is not None:
        return slot.repeats
    return [one.name for one in sheet.layout.pictures if one.repeats is None].index(slot.name)


def _picture(slot: PictureSlot, media: PlannedMedia, motion: Motion, window: Window | None, shown: float) -> Picture:
    return Picture(
        media_id=media.media_id,
        rect=slot.rect,
        motion=motion,
        source_start=window.start if window else Fraction(0),
        speed=window.speed if window else Fraction(1),
        ramp=window.ramp if window else (),
        radius=slot.radius,
        mask=slot.mask,
        shadow=slot.shadow,
        rotation=slot.rotation,
        pivot=slot.pivot,
        wobble=slot.wobble,
        blur=slot.blur,
        brightness=shown,
        frames_held=slot.frames_held,
        weave=slot.weave,
        entry=slot.entry,
    )


def _brightness_of(studio: Studio, slot: PictureSlot, media: PlannedMedia) -> float:
    """The hole's brightness. Nearly white pictures are dimmed: on a dark theme they would glare, on a light one be lost in the paper."""
    ground = luma_of(studio.template.theme.background)
    is_glaring = ground < DARK_THEME_LUMA and brightness(media) > PALE_LUMA
    is_lost = ground > LIGHT_THEME_LUMA and brightness(media) > WHITE_LUMA
    is_dimmed = (is_glaring or is_lost) and slot.brightness > PALE_BRIGHTNESS
    return round(slot.brightness * PALE_BRIGHTNESS, 3) if is_dimmed else slot.brightness


def luma_of(colour: str) -> float:
    """How bright a colour ``#RRGGBB`` is, 0..1."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _avoided(sheet: Sheet, slot: PictureSlot) -> tuple[Move | None, ...]:
    """The moves not to be made again: of the largest picture that of the shot before, then that of the picture beside it.

    ``slot`` and those drawn before it are as large as they were mounted.
    """
    beside = sheet.moves[-1:]
    drawn = [layer for layer in sheet.layers if isinstance(layer, Picture)]
    later = [one.rect for one in sheet.layout.pictures[len(drawn) + 1 :] if one.blur == 0]
    others = [*(layer.rect for layer in drawn if layer.blur == 0), *later]
    is_largest = all(slot.rect.width * slot.rect.height >= other.width * other.height for other in others)
    return (sheet.studio.last_move, *beside) if is_largest or not beside else tuple(beside)


def _move(studio: Studio, scene: Scene, look: Look, avoided: tuple[Move | None, ...], place: int, window: Window | None) -> Motion:
    """A move that is not the one before, also after the picture's edges have had their say."""
    phase = round((scene.number * PHASE_STEP + place * 0.9) % 6.283, 3)
    width, _ = window_of(look.picture, look.rect, 1.0)
    path = window.path if window and width < 0.98 else ()
    motion = make_motion(look, choose_move(look, avoided, studio.seed + scene.number), studio.template.camera, phase, path)
    if move_of(motion) == avoided[0]:
        motion = make_motion(look, "out" if avoided[0] == "in" else "in", studio.template.camera, phase, path)
    return motion


def _with_depth(studio: Studio, scene: Scene, slot: PictureSlot, media: PlannedMedia, motion: Motion) -> Motion:
    """The ground moves against the horizon in wide scenes without people, where they fill the canvas."""
    reach = studio.template.camera.parallax
    analysis = media.analysis
    is_wide = analysis.subject is None or analysis.subject_strength < STRONG_SUBJECT or analysis.subject.width * analysis.subject.height < SMALL_SUBJECT_AREA
    fills = slot.rect.width >= studio.areas.width and slot.rect.height >= FULL_HEIGHT_SHARE * studio.areas.height
    if not reach or analysis.faces or not is_wide or not fills or slot.blur:
        return motion
    return motion.model_copy(update={"parallax": reach if scene.number % 2 else -reach})


def exposure_of(media: PlannedMedia) -> float:
    """Stops for a picture that stands by itself."""
    return match_pictures([light_of(media.analysis)])[0].exposure


def _faces_of(studio: Studio, slot: PictureSlot, picture: Picture) -> list[Area]:
    media = studio.media[picture.media_id]
    views: list[View] = [picture.motion.start, picture.motion.end]
    return visible_faces(media.analysis.faces, studio.size(media.media_id), slot.rect, views)


def _is_portrait(slot: PictureSlot) -> bool:
    """A round repeat of the shot's own picture stands in a pill on purpose, beside the name."""
    return slot.mask == "circle" and slot.repeats is not None
