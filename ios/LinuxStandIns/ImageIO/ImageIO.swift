@_exported import CoreGraphics

// Pictures are not decoded here: what begins as one is passed on as it is. Sizes, turning and HEIC are seen on a Mac only.

public final class CGImageSource {
    let url: URL
    init(_ url: URL) { self.url = url }
}

public final class CGImageDestination {
    let url: URL
    var image: CGImage?
    init(_ url: URL) { self.url = url }
}

nonisolated(unsafe) public let kCGImageSourceShouldCache: CFString = "kCGImageSourceShouldCache"
nonisolated(unsafe) public let kCGImageSourceCreateThumbnailFromImageAlways: CFString = "kCGImageSourceCreateThumbnailFromImageAlways"
nonisolated(unsafe) public let kCGImageSourceCreateThumbnailWithTransform: CFString = "kCGImageSourceCreateThumbnailWithTransform"
nonisolated(unsafe) public let kCGImageSourceThumbnailMaxPixelSize: CFString = "kCGImageSourceThumbnailMaxPixelSize"
nonisolated(unsafe) public let kCGImageDestinationLossyCompressionQuality: CFString = "kCGImageDestinationLossyCompressionQuality"

public func CGImageSourceCreateWithURL(_ url: CFURL, _ options: CFDictionary?) -> CGImageSource? {
    guard let url = url as URL?, FileManager.default.isReadableFile(atPath: url.path) else { return nil }
    return CGImageSource(url)
}

public func CGImageSourceCreateThumbnailAtIndex(_ isrc: CGImageSource, _ index: Int, _ options: CFDictionary?) -> CGImage? {
    let beginnings: [[UInt8]] = [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47]]
    guard let bytes = FileManager.default.contents(atPath: isrc.url.path), beginnings.contains(where: { bytes.starts(with: $0) }) else {
        return nil
    }
    return CGImage(_bytes: bytes, width: 0, height: 0)
}

public func CGImageDestinationCreateWithURL(
    _ url: CFURL, _ type: CFString, _ count: Int, _ options: CFDictionary?
) -> CGImageDestination? {
    CGImageDestination(url as URL)
}

public func CGImageDestinationAddImage(_ idst: CGImageDestination, _ image: CGImage, _ properties: CFDictionary?) { idst.image = image }

public func CGImageDestinationFinalize(_ idst: CGImageDestination) -> Bool {
    guard let image = idst.image else { return false }
    return FileManager.default.createFile(atPath: idst.url.path, contents: image._bytes)
}
