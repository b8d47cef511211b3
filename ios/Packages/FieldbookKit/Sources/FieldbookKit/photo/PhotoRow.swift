import CoreGraphics
import FieldbookCore
import SwiftUI
import UIKit

private let thumbSize = 96.0

/// The pictures of a slot with their sizes, and the two ways to more. A picture is shown once it is small and safe on this phone.
struct PhotoRow: View {
    let slot: String
    let photos: [PhotoEntry]
    let work: PhotoWork?
    let taker: PhotoTaker
    let onRemove: (_ index: Int) -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            if !photos.isEmpty {
                FlowRow(spacing: 12) {
                    ForEach(Array(photos.enumerated()), id: \.offset) { index, photo in
                        PhotoCell(number: index + 1, photo: photo) { onRemove(index) }
                    }
                }
            }
            if let work, work.slot == slot {
                if let problem = work.problem { ProblemBlock(problem) } else { Text(words(.photoShrinking)) }
            }
            LineButton(words(.photoTake), icon: "camera") { taker.onCamera(slot) }
            LineButton(words(.photoChoose), icon: "photo") { taker.onGallery(slot) }
        }
    }
}

private struct PhotoCell: View {
    let number: Int
    let photo: PhotoEntry
    let onRemove: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading) {
            Thumbnail(path: photo.path, description: words(.photoNumber, number))
            HStack {
                Text(words.size(photo.bytes)).font(.small)
                Button(action: onRemove) {
                    Image(systemName: "xmark").frame(minWidth: Theme.targetHeight, minHeight: Theme.targetHeight)
                }
                .buttonStyle(.borderless)
                .accessibilityLabel(words(.photoRemove, number))
            }
        }
    }
}

/// A small view of a picture on this phone; a plain box while it is read, or when it is not here.
struct Thumbnail: View {
    let path: String?
    let description: String
    var size = thumbSize
    @Environment(\.displayScale) private var scale
    @State private var picture: CGImage?

    var body: some View {
        Group {
            if let picture {
                Image(uiImage: UIImage(cgImage: picture)).resizable().scaledToFill().accessibilityLabel(description)
            } else {
                Image(systemName: "photo").accessibilityHidden(false).accessibilityLabel(description)
            }
        }
        .frame(width: size, height: size)
        .clipShape(RoundedRectangle(cornerRadius: 8))
        .task(id: path) { picture = await read() }
    }

    private func read() async -> CGImage? {
        guard let path, !path.isEmpty else { return nil }
        return await Pictures.thumbnail(of: URL(filePath: path), longest: Int(size * scale))
    }
}
