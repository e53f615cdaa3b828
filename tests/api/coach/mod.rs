mod certifications;
