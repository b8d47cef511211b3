import FieldbookCore
import PhotosUI
import SwiftUI

/// The two ways to a picture, for a slot of the form: of the whole, of a topic, of a problem.
@MainActor
struct PhotoTaker {
    var onCamera: (_ slot: String) -> Void = { _ in }
    var onGallery: (_ slot: String) -> Void = { _ in }
}

/// At most so many pictures at a time from the gallery.
private let atOnce = 10

/// Gives the page inside a `PhotoTaker`: the system's camera and picker for the form of this draft. `onWaiting`: a picture may lie in
/// the draft's folder now. `onFail`: there was no room for one. Without the right to the camera, or without a camera, the gallery opens instead.
struct WithPhotoTaker<Content: View>: View {
    private let pictures: Pictures
    private let draftId: String?
    private let onWaiting: () -> Void
    private let onFail: (_ slot: String) -> Void
    private let content: (PhotoTaker) -> Content

    @State private var slot = ""
    @State private var shot: Shot?
    @State private var isPicking = false
    @State private var chosen: [PhotosPickerItem] = []

    /// A picture that is about to be taken: the file for it is there already.
    private struct Shot: Identifiable {
        let file: URL
        var id: URL { file }
    }

    init(
        _ pictures: Pictures, draftId: String?, onWaiting: @escaping () -> Void, onFail: @escaping (_ slot: String) -> Void,
        @ViewBuilder content: @escaping (PhotoTaker) -> Content
    ) {
        self.pictures = pictures
        self.draftId = draftId
        self.onWaiting = onWaiting
        self.onFail = onFail
        self.content = content
    }

    var body: some View {
        content(PhotoTaker(onCamera: openCamera, onGallery: openGallery))
            .fullScreenCover(item: $shot) { shot in
                CameraView(file: shot.file) { isKept in
                    self.shot = nil
                    if isKept { onWaiting() } else { onFail(slot) }
                }
                .ignoresSafeArea()
            }
            .photosPicker(isPresented: $isPicking, selection: $chosen, maxSelectionCount: atOnce, matching: .images)
            .onChange(of: chosen) { if !chosen.isEmpty { take() } }
    }

    private func openGallery(for slot: String) {
        self.slot = slot
        isPicking = true
    }

    private func openCamera(for slot: String) {
        self.slot = slot
        guard let draftId else { return }
        Task {
            guard await pictures.mayUseCamera() else { return openGallery(for: slot) }
            switch await outcome({ try await pictures.newFile(draftId, slot) }) {
            case .done(let file): shot = Shot(file: file)
            case .failed: onFail(slot)
            }
        }
    }

    /// Copies what was chosen at once: what the system lends is gone with the app.
    private func take() {
        let (items, slot) = (chosen, slot)
        chosen = []
        guard let draftId else { return }
        Task {
            for item in items {
                // What cannot be read is told as "no picture" when it is taken in.
                let lent = try? await item.loadTransferable(type: LentPicture.self)
                if case .failed = await outcome({ try await pictures.take(lent?.file, draftId, slot) }) { onFail(slot) }
            }
            onWaiting()
        }
    }
}

/// A picture of the gallery, copied while the system lends it.
struct LentPicture: Transferable {
    let file: URL

    static var transferRepresentation: some TransferRepresentation {
        FileRepresentation(importedContentType: .image) { lent in
            let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try FileManager.default.copyItem(at: lent.file, to: file)
            return LentPicture(file: file)
        }
    }
}
