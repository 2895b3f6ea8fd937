"""Readers, pictures, documents and ffmpeg: our side of media files. See README.md in this folder."""

_HERE = __name__

_EXTENSIONS = {
    "tags": "aac ac3 aif aifc aiff ape dff dsf eac3 flac m4a m4b m4r mp+ mp2 mp3 mpc ofr ofs oga ogg opus spx tak tta"
    " wav wave wma wv",
    "prober": "3g2 3gp amv asf avi divx dv dvr-ms evo f4v flv m2t m2ts m2v m4v mk3d mkv mov mp4 mpe mpeg mpg mts mxf"
    " nut ogm ogv qt rm rmvb tp ts vob webm wmv wtv y4m",
    "photos": "3fr ari arw avif bmp cap cin cr2 cr3 crw dcr dng erf fff gif heic heif hif iiq jpe jpeg jpg json jxl k25"
    " kdc mrw nef nrw orf ori pef png raf raw rw2 rwl sr2 srf srw tif tiff webp x3f xmp",
    "epub": "epub kepub",
    "opf": "opf",
    "pdf": "pdf",
    "comics": "cb7 cbr cbt cbz",
    "ebooks": "azw azw3 fb2 fb2.zip fbz mobi prc",
    "nfo": "nfo",
    "sidecars_audio": "cue elrc lrc metadata.json ttml txt",
    "sidecars_video": "info.json",
}

# extension → "package.module:name" of its reader: text, so that only the children that read load the libraries. A
# test compares it with what each reader says of itself.
READERS = {
    extension: f"{_HERE}.{module}:READER"
    for module, extensions in _EXTENSIONS.items()
    for extension in extensions.split()
}
