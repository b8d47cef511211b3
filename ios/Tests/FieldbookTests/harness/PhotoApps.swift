import FieldbookCore
import Foundation
import PhotosUI
@_spi(Host) import SwiftUI
import Testing
import UIKit

@testable import FieldbookKit

/// The system's camera and gallery over the app, and what lies on the disk.
extension AppRule {
    /// The `index`th of several things with the same word.
    func tap(_ word: String, _ index: Int) async throws {
        func found(_ screen: Screen) -> [_Node] { screen.all.filter { $0.kind == .button && $0.label == word } }
        try await screen.wait(until: "\(index + 1) of \"\(word)\" show") { found($0).count > index }
        try screen.press(found(try screen)[index])
        taps += 1
    }

    /// The camera that was opened takes a picture, and the person uses it.
    func shoot(_ taken: Data = picture()) async throws {
        let camera = try await camera()
        let image = try #require(UIImage(data: taken))
        camera.delegate?.imagePickerController(camera, didFinishPickingMediaWithInfo: [.originalImage: image])
    }

    /// The person takes no picture.
    func putCameraAway() async throws {
        let camera = try await camera()
        camera.delegate?.imagePickerControllerDidCancel(camera)
    }

    @discardableResult
    func camera() async throws -> UIImagePickerController {
        try await until("a camera") { try screen.all.compactMap { $0.controller as? UIImagePickerController }.first }
    }

    /// The gallery that was opened gives these pictures; none is one that cannot be read.
    func choose(_ pictures: Data?...) async throws {
        let gallery = try await until("a gallery") { try screen.all.first { $0.label == "PHPickerViewController" } }
        let items = try pictures.map { bytes in
            guard let bytes else { return PhotosPickerItem(_file: nil) }
            let file = FileManager.default.temporaryDirectory.appending(path: "gallery-\(UUID().uuidString)")
            try bytes.write(to: file)
            return PhotosPickerItem(_file: file)
        }
        gallery.give?(items)
        _ = try screen.nodes
    }

    /// Everything of this phone in which these words lie.
    func files(of phone: Graph, with words: String) throws -> [String] {
        try files(phone).filter { try Data(contentsOf: $0).range(of: Data(words.utf8)) != nil }.map(\.lastPathComponent)
    }

    /// Pictures on this phone, those on their way into a draft included.
    func photos(_ phone: Graph) throws -> [String] {
        try files(phone).filter { !$0.pathComponents.filter(["photos", "incoming"].contains).isEmpty }.map(\.lastPathComponent)
    }

    private func files(_ phone: Graph) throws -> [URL] {
        let all = FileManager.default.enumerator(at: try home(phone), includingPropertiesForKeys: [.isRegularFileKey])?.allObjects ?? []
        return try all.compactMap { $0 as? URL }.filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
    }
}
