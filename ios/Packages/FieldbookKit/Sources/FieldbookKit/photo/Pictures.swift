import CoreGraphics
import FieldbookCore
import Foundation
import ImageIO
import UniformTypeIdentifiers

/// Pictures on their way into a draft. Each waits in a folder of its draft under a name that says where it belongs, and the file is
/// there before the camera is: so a picture taken while the app was ended is found when the draft is opened again.
struct Pictures: Sendable {
    /// There is a camera, and the person lets the app use it; asks if need be.
    let mayUseCamera: @MainActor @Sendable () async -> Bool
    private let folder: URL
    private let small = FileManager.default.temporaryDirectory.appending(path: "incoming")

    /// In this folder of the app's own, kept out of the system's backups.
    init(home: URL, _ around: Surroundings) {
        folder = home.appending(path: "incoming")
        mayUseCamera = around.camera
    }

    struct Waiting: Equatable, Sendable {
        let slot: String
        let file: URL
    }

    /// An empty file for the camera to write into.
    func newFile(_ draftId: String, _ slot: String) async throws -> URL {
        try put(draftId, slot) { try Data().write(to: $0) }
    }

    /// Takes over a picture of the gallery; none is one that could not be read.
    func take(_ picture: URL?, _ draftId: String, _ slot: String) async throws {
        _ = try put(draftId, slot) { file in
            guard let picture else { return try Data(Self.unreadable.utf8).write(to: file) }
            try FileManager.default.moveItem(at: picture, to: file)
        }
    }

    /// A file under a name that says where it belongs.
    private func put(_ draftId: String, _ slot: String, _ write: (URL) throws -> Void) throws -> URL {
        let draft = folder.appending(path: draftId)
        let file = draft.appending(path: "\(slot) \(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
            try write(file)
        } catch {
            throw FieldbookError.StorageFull
        }
        return file
    }

    /// What waits for this draft, oldest first. A file the camera never wrote into is nothing.
    func waiting(_ draftId: String) async -> [Waiting] {
        let keys: [URLResourceKey] = [.fileSizeKey, .contentModificationDateKey]
        let draft = folder.appending(path: draftId)
        let files = (try? FileManager.default.contentsOfDirectory(at: draft, includingPropertiesForKeys: keys)) ?? []
        let known = files.map { ($0, try? $0.resourceValues(forKeys: Set(keys))) }
        for (file, values) in known where values?.fileSize == 0 { try? FileManager.default.removeItem(at: file) }
        return known.filter { ($0.1?.fileSize ?? 0) > 0 }
            .sorted { ($0.1?.contentModificationDate ?? .distantPast) < ($1.1?.contentModificationDate ?? .distantPast) }
            .map { Waiting(slot: $0.0.lastPathComponent.split(separator: " ").first.map(String.init) ?? "", file: $0.0) }
    }

    func delete(_ waiting: Waiting) async {
        try? FileManager.default.removeItem(at: waiting.file)
        try? FileManager.default.removeItem(at: smallOf(waiting.file))
    }

    func forget(_ draftId: String) async {
        for place in [folder, small] { try? FileManager.default.removeItem(at: place.appending(path: draftId)) }
    }

    /// The picture upright and at most `longest` pixels long, whatever its size was: it is never whole in memory.
    func small(_ file: URL) async throws -> URL {
        guard let picture = Self.decode(file) else { throw FieldbookError.Invalid(field: .photo, fault: .notAPicture) }
        let target = smallOf(file)
        guard (try? FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)) != nil,
            let out = CGImageDestinationCreateWithURL(target as CFURL, UTType.jpeg.identifier as CFString, 1, nil)
        else { throw FieldbookError.StorageFull }
        CGImageDestinationAddImage(out, picture, [kCGImageDestinationLossyCompressionQuality: Self.quality] as CFDictionary)
        guard CGImageDestinationFinalize(out) else { throw FieldbookError.StorageFull }
        return target
    }

    /// Decoded at this size by the system while reading, HEIC too, and turned upright. None when it is no picture.
    static func decode(_ file: URL, longest: Int = longest) -> CGImage? {
        let asIs = [kCGImageSourceShouldCache: false] as CFDictionary
        guard let source = CGImageSourceCreateWithURL(file as CFURL, asIs) else { return nil }
        let how: [CFString: Any] = [
            kCGImageSourceCreateThumbnailFromImageAlways: true,
            kCGImageSourceCreateThumbnailWithTransform: true,
            kCGImageSourceThumbnailMaxPixelSize: longest,
        ]
        return CGImageSourceCreateThumbnailAtIndex(source, 0, how as CFDictionary)
    }

    /// As `decode`, off the main actor.
    static func thumbnail(of file: URL, longest: Int) async -> CGImage? { decode(file, longest: longest) }

    private func smallOf(_ file: URL) -> URL {
        small.appending(path: file.deletingLastPathComponent().lastPathComponent).appending(path: file.lastPathComponent)
    }

    /// Longest side of what the core is given, pixels.
    static let longest = 2_048
    private static let quality = 0.92

    /// Stands for a picture that could not be read: said as such when it is taken in.
    private static let unreadable = "unreadable"
}
