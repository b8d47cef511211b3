package vn.sodiaban.fieldbook.keys

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import java.io.File
import java.io.FileNotFoundException
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyStore as SystemKeys
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import vn.sodiaban.fieldbook.core.KeyStore
import vn.sodiaban.fieldbook.core.KeyStoreException

/** The notebook's key in a file, sealed by a key that never leaves the Android Keystore. */
class NotebookKey(file: File) : KeyStore {
    private val file = AtomicFile(file)

    override fun kept(): ByteArray? = answer {
        try {
            sealing()?.let { open(file.readFully(), it) }
        } catch (_: FileNotFoundException) {
            null
        } catch (_: AEADBadTagException) {
            null // another key sealed it, or it is damaged
        } catch (_: UnrecoverableKeyException) {
            null
        } catch (_: KeyPermanentlyInvalidatedException) {
            null
        }
    }

    override fun keep(key: ByteArray) = answer {
        val sealed = seal(key, sealing() ?: newSealing())
        val out = file.startWrite()
        try {
            out.write(sealed)
            file.finishWrite(out)
        } catch (problem: IOException) {
            file.failWrite(out)
            throw problem
        }
    }

    private fun sealing(): SecretKey? = SystemKeys.getInstance(SYSTEM).apply { load(null) }.getKey(ALIAS, null) as SecretKey?

    private fun newSealing(): SecretKey {
        val use = KeyGenParameterSpec.Builder(ALIAS, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(KEY_BITS)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, SYSTEM).apply { init(use) }.generateKey()
    }

    private fun seal(key: ByteArray, sealing: SecretKey): ByteArray {
        val cipher = Cipher.getInstance(CIPHER).apply { init(Cipher.ENCRYPT_MODE, sealing) }
        return cipher.iv + cipher.doFinal(key)
    }

    private fun open(sealed: ByteArray, sealing: SecretKey): ByteArray? {
        if (sealed.size <= IV_BYTES) return null
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, sealing, GCMParameterSpec(TAG_BITS, sealed, 0, IV_BYTES))
        return cipher.doFinal(sealed, IV_BYTES, sealed.size - IV_BYTES)
    }

    /** Whatever else goes wrong may go right later, so nothing is given up for it. */
    private fun <T> answer(ask: () -> T): T = try {
        ask()
    } catch (problem: GeneralSecurityException) {
        throw away(problem)
    } catch (problem: ProviderException) {
        throw away(problem)
    } catch (problem: IOException) {
        throw away(problem)
    }

    private fun away(problem: Exception) = KeyStoreException.Unavailable("$problem").apply { initCause(problem) }

    private companion object {
        const val SYSTEM = "AndroidKeyStore"
        const val ALIAS = "notebook"
        const val CIPHER = "AES/GCM/NoPadding"
        const val KEY_BITS = 256
        const val IV_BYTES = 12
        const val TAG_BITS = 128
    }
}
