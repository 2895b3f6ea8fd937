"""PyAV's streams as ours."""

from typing import Any

from medley.core.kinds import Picture, Stream

_MOST_STREAMS = 256
_TRANSFERS = {
    1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "linear", 11: "iec61966-2-4",
    13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12", 16: "smpte2084", 17: "smpte428", 18: "arib-std-b67",
}  # fmt: skip
_INTERLACED = range(2, 6)  # AVFieldOrder: TT, BB, TB, BT
_PICTURE_CODECS = {
    "mjpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "gif": "image/gif",
}
_PICTURE_MIMES = frozenset(_PICTURE_CODECS.values())


def first_video(container: Any) -> Any | None:
    """The first stream that moves."""
    return next((stream for stream in container.streams.video if not _is_cover(stream)), None)


def streams_of(container: Any, rotation: int) -> list[Stream]:
    """All streams in the container's order; `rotation` is that of the first moving picture."""
    shown = first_video(container)
    return [
        _stream(stream, rotation if shown is not None and stream.index == shown.index else 0)
        for stream in list(container.streams)[:_MOST_STREAMS]
    ]


def pictures_of(container: Any) -> list[Picture]:
    """Pictures inside the file: streams that are covers, and attached image files. `index` is the stream's."""
    found = []
    for stream in container.streams:
        name = stream.metadata.get("filename", "").lower()
        if stream.type == "video" and _is_cover(stream):
            mime = _PICTURE_CODECS.get(_codec(stream), "")
            found.append(Picture(stream.index, _role(name), mime, _extra_size(stream)))
        elif stream.type == "attachment" and stream.metadata.get("mimetype", "") in _PICTURE_MIMES:
            found.append(Picture(stream.index, _role(name), stream.metadata["mimetype"], _extra_size(stream)))
    return found


def _stream(stream: Any, rotation: int) -> Stream:
    tags, flags = stream.metadata, stream.disposition
    language = stream.language or tags.get("language") or ""
    common: dict[str, Any] = {
        "index": stream.index,
        "type": stream.type or "data",
        "codec": _codec(stream),
        "profile": stream.profile or "" if stream.codec_context else "",
        "language": "" if language == "und" else language,
        "title": tags.get("title", ""),
        "default": bool(flags & flags.__class__.default),
        "forced": bool(flags & flags.__class__.forced),
        "hearing_impaired": bool(flags & (flags.__class__.hearing_impaired | flags.__class__.captions)),
        "commentary": bool(flags & flags.__class__.comment),
    }
    known = stream.type if stream.codec_context else ""
    more = {"video": _video, "audio": _audio}.get(known, lambda _: {})(stream)
    if stream.type == "video":
        more.update(cover=_is_cover(stream), rotation=rotation)
    return Stream(**common, **more)


def _video(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    pixel = context.format
    rate = stream.average_rate or stream.guessed_rate
    return {
        "level": max(0, context.level or 0),
        "bitrate": context.bit_rate or _tagged_rate(stream),
        "width": context.width,
        "height": context.height,
        "frame_rate": round(float(rate), 3) if rate else 0.0,
        "pixel_format": pixel.name if pixel else "",
        "bit_depth": max((component.bits for component in pixel.components), default=0) if pixel else 0,
        "color_transfer": _TRANSFERS.get(int(context.color_trc), ""),
        "interlaced": int(context.field_order) in _INTERLACED,
        "codec_tag": _tag(context),
    }


def _audio(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    return {
        "bitrate": context.bit_rate or _tagged_rate(stream),
        "bit_depth": context.format.bits if context.format and "flac" in context.name else 0,
        "channels": context.layout.nb_channels,
        "channel_layout": context.layout.name,
        "sample_rate": context.sample_rate or 0,
        "codec_tag": _tag(context),
    }


def _codec(stream: Any) -> str:
    context = stream.codec_context
    if context is None:
        return ""
    return context.codec.canonical_name if hasattr(context.codec, "canonical_name") else context.name


def _tag(context: Any) -> str:
    try:
        tag = context.codec_tag or ""
    except UnicodeDecodeError:  # AVI and MPEG-TS number their formats
        return ""
    return tag.strip("\x00 ") if tag.isprintable() else ""


def _tagged_rate(stream: Any) -> int:
    """Matroska has no bitrates; mkvmerge writes them as tags."""
    value = stream.metadata.get("BPS") or stream.metadata.get("BPS-eng") or ""
    return int(value) if value.isdigit() and len(value) < 12 else 0


def _is_cover(stream: Any) -> bool:
    flags = stream.disposition
    return bool(flags & (flags.__class__.attached_pic | flags.__class__.timed_thumbnails))


def _role(name: str) -> str:
    return "other" if name and not name.startswith(("cover", "small_cover", "poster", "folder")) else "cover"


def _extra_size(stream: Any) -> int:
    return getattr(stream.codec_context, "extradata_size", 0) or 0
