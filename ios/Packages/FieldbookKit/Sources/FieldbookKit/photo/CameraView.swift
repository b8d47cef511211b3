import SwiftUI
import UIKit

/// The system's camera. What it takes is written into `file` at once; `onDone` false: it could not be.
struct CameraView: UIViewControllerRepresentable {
    let file: URL
    let onDone: (_ isKept: Bool) -> Void

    func makeCoordinator() -> Coordinator { Coordinator(file: file, onDone: onDone) }

    func makeUIViewController(context: Context) -> UIImagePickerController {
        let camera = UIImagePickerController()
        camera.sourceType = .camera
        camera.delegate = context.coordinator
        return camera
    }

    func updateUIViewController(_ camera: UIImagePickerController, context: Context) {}

    @MainActor
    final class Coordinator: NSObject, UINavigationControllerDelegate, UIImagePickerControllerDelegate {
        private let file: URL
        private let onDone: (Bool) -> Void
        /// Hardly any loss: the picture is made small once more.
        private let quality = 0.92

        init(file: URL, onDone: @escaping (Bool) -> Void) {
            self.file = file
            self.onDone = onDone
        }

        func imagePickerController(
            _ picker: UIImagePickerController, didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
        ) {
            do {
                guard let picture = info[.originalImage] as? UIImage, let bytes = picture.jpegData(compressionQuality: quality) else {
                    return onDone(false)
                }
                try bytes.write(to: file, options: .atomic)
                onDone(true)
            } catch {
                onDone(false)
            }
        }

        func imagePickerControllerDidCancel(_ picker: UIImagePickerController) { onDone(true) }
    }
}
